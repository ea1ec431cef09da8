"""The hundreds of lines, marks, cells and rows of a network, set by functions."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from statements.charts.matrix import MatrixChart
from statements.charts.network import NetworkChart, Tie

register = template.Library()

# Lines and cells are for the pointer; keys and readers have the marks and the table. A script makes
# a cell lead where its line does.
LINE = '<a href="%s" tabindex="-1" data-tie="%d-%d"><title>%s</title><path d="%s"/></a>\n'
CELL = '<rect data-tie="%d-%d" x="%s" y="%s" width="%s" height="%s"><title>%s</title></rect>\n'
NODE = (
    '<a href="%s" data-actor="%d" class="network__node%s"><title>%s</title><path d="%s"/>'
    '<text x="%s" y="%s"%s>%s</text></a>\n'
)
ROW = (
    '<tr><th scope="row"><bdi>%s</bdi></th><td><bdi>%s</bdi></td>'
    '<td class="figure"><a href="%s">%s</a></td></tr>\n'
)
ROW_NAME = '<text x="%d" y="%s" data-actor="%d">%s</text>\n'
COLUMN_NAME = '<text transform="translate(%s %d) rotate(-90)" data-actor="%d">%s</text>\n'
ANCHORS = {"start": "", "end": ' text-anchor="end"', "middle": ' text-anchor="middle"'}


class Member(Protocol):
    """A country or an official of a network."""

    @property
    def name(self) -> str: ...


class Drawing(Protocol):
    """A network as it is drawn; charts tell actors by their places among the members."""

    @property
    def members(self) -> Sequence[Member]: ...
    @property
    def network(self) -> NetworkChart: ...
    @property
    def matrix(self) -> MatrixChart: ...
    @property
    def ties(self) -> Sequence[Tie]: ...
    @property
    def tie_urls(self) -> Mapping[tuple[int, int], str]: ...
    @property
    def around_urls(self) -> Sequence[str]: ...


@register.simple_tag
def network_lines(drawing: Drawing) -> SafeString:
    """Draws the lines, each a link to its statements."""
    told = _Told(drawing)
    return SafeString(
        "".join(
            LINE % (told.url(line), line.source, line.target, told.tie(line), line.path)
            for line in drawing.network.lines
        )
    )


@register.simple_tag
def network_nodes(drawing: Drawing) -> SafeString:
    """Draws the marks with their names, each a link to the network around it."""
    pattern = escape(
        _(
            "%(name)s, in statements: %(out)s to %(addressed)d of those shown, "
            "%(into)s from %(addressing)d of them"
        )
    )
    nodes = (
        NODE
        % (
            escape(drawing.around_urls[node.actor]),
            node.actor,
            "" if node.is_labelled else " network__node--spare",
            pattern
            % {
                "name": escape(drawing.members[node.actor].name),
                "out": f"{node.n_out:,}",
                "addressed": node.n_addressed,
                "into": f"{node.n_in:,}",
                "addressing": node.n_addressing,
            },
            node.mark,
            node.label_x,
            node.label_y,
            ANCHORS[node.label_anchor],
            escape(node.label),
        )
        for node in drawing.network.nodes
    )
    return SafeString("".join(nodes))


@register.simple_tag
def matrix_cells(drawing: Drawing) -> SafeString:
    """Draws the cells, each with its number."""
    told = _Told(drawing)
    return SafeString(
        "".join(
            CELL
            % (
                cell.source,
                cell.target,
                cell.x,
                cell.y,
                cell.size,
                cell.size,
                told.tie(cell),
            )
            for cell in drawing.matrix.cells
        )
    )


@register.simple_tag
def matrix_rows(drawing: Drawing) -> SafeString:
    """Sets the names of the rows against the cells."""
    matrix = drawing.matrix
    return SafeString(
        "".join(
            ROW_NAME % (matrix.names_extent - 6, name.at + 4, name.actor, escape(name.label))
            for name in matrix.names
        )
    )


@register.simple_tag
def matrix_columns(drawing: Drawing) -> SafeString:
    """Sets the names of the columns upright over the cells."""
    matrix = drawing.matrix
    return SafeString(
        "".join(
            COLUMN_NAME % (name.at + 4, matrix.names_extent - 6, name.actor, escape(name.label))
            for name in matrix.names
        )
    )


@register.simple_tag
def tie_rows(drawing: Drawing) -> SafeString:
    """Tells the same as rows of a table."""
    told = _Told(drawing)
    return SafeString(
        "".join(
            ROW % (told.names[tie.source], told.names[tie.target], told.url(tie), f"{tie.n:,}")
            for tie in drawing.ties
        )
    )


class _Pair(Protocol):
    @property
    def source(self) -> int: ...
    @property
    def target(self) -> int: ...
    @property
    def n(self) -> int: ...


class _Told:
    """What of a tie is said in the same words everywhere."""

    def __init__(self, drawing: Drawing) -> None:
        self.names = [escape(member.name) for member in drawing.members]
        base = reverse("statements")
        self._urls = {tie: escape(base + url) for tie, url in drawing.tie_urls.items()}
        self._pattern = escape(_("%(source)s to %(target)s: %(n)s"))

    def tie(self, tie: _Pair) -> str:
        names = {"source": self.names[tie.source], "target": self.names[tie.target]}
        return self._pattern % {**names, "n": f"{tie.n:,}"}

    def url(self, tie: _Pair) -> str:
        return self._urls[tie.source, tie.target]
