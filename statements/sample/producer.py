"""The making of lines in a process of its own, so that one processor writes and one copies."""

import multiprocessing
import signal
from collections.abc import Generator
from multiprocessing.connection import Connection

from .lines import N_AT_ONCE, Cast, lines_of
from .world import World


def produced(world: World, cast: Cast) -> Generator[dict[str, bytes]]:
    """Yields what `lines_of` does; a sample of one batch is not worth a process."""
    if world.n_statements <= N_AT_ONCE:
        yield from lines_of(world, cast)
        return
    # Not forked: a child must hold neither the connection nor the lock of the embedded database.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    producer = context.Process(target=_produce, args=(world, cast, sender), daemon=True)
    producer.start()
    sender.close()
    try:
        while (lines := _received(receiver)) is not None:
            yield lines
    finally:
        receiver.close()
        producer.terminate()
        producer.join()


def _received(receiver: Connection) -> dict[str, bytes] | None:
    """The next lines, none after the last."""
    try:
        lines: dict[str, bytes] | None = receiver.recv()
    except EOFError as error:
        raise RuntimeError("the process that makes the statements ended early") from error
    return lines


def _produce(world: World, cast: Cast, sender: Connection) -> None:
    # Ctrl-C reaches this process too: its parent ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for lines in lines_of(world, cast):
        sender.send(lines)
    sender.send(None)
