"""Groups of nodes that have more to do with each other than with the rest.

The method of Louvain: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre, "Fast
unfolding of communities in large networks", Journal of Statistical Mechanics, 2008, P10008.
"""

from collections.abc import Mapping

N_ROUNDS = 20  # over all nodes at one level; mostly three are enough
LEAST_GAIN = 1e-9

Graph = list[dict[int, float]]  # of each node, the weight of its link to each other


def clusters(n_nodes: int, weights: Mapping[tuple[int, int], float]) -> list[int]:
    """The number of the cluster of each node; that of the nodes with most weight is 0.

    Directions are left aside: what both sides say to each other is added up. Nodes are taken in
    their order, so that the same network always falls into the same clusters.
    """
    graph = _undirected(n_nodes, weights)
    member = list(range(n_nodes))
    level = graph
    while True:
        label = _moved(level)
        member = [label[node] for node in member]
        if len(set(label)) == len(level):
            return _by_weight(member, graph)
        level = _merged(level, label)


def _undirected(n_nodes: int, weights: Mapping[tuple[int, int], float]) -> Graph:
    graph: Graph = [{} for _ in range(n_nodes)]
    for (source, target), weight in weights.items():
        graph[source][target] = graph[source].get(target, 0.0) + weight
        graph[target][source] = graph[target].get(source, 0.0) + weight
    return graph


def _moved(graph: Graph) -> list[int]:
    """Moves each node to the cluster beside it that gains most modularity, until none gains."""
    degrees = [sum(links.values()) for links in graph]
    total = sum(degrees) or 1.0
    label, weight_of = list(range(len(graph))), list(degrees)
    for _round in range(N_ROUNDS):
        has_moved = False
        for node, links in enumerate(graph):
            own, degree = label[node], degrees[node]
            weight_of[own] -= degree
            beside = {own: 0.0}
            for other, weight in links.items():
                if other != node:
                    beside[label[other]] = beside.get(label[other], 0.0) + weight
            share = degree / total
            best, most = own, beside[own] - share * weight_of[own] + LEAST_GAIN
            for cluster, weight in beside.items():
                if (gain := weight - share * weight_of[cluster]) > most:
                    best, most = cluster, gain
            weight_of[best] += degree
            label[node] = best
            has_moved = has_moved or best != own
        if not has_moved:
            break
    return _numbered(label)


def _numbered(label: list[int]) -> list[int]:
    """The same parting with numbers from 0, in the order in which they come."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(cluster, len(numbers)) for cluster in label]


def _merged(graph: Graph, label: list[int]) -> Graph:
    """The network whose nodes are the clusters; what is said within one is a link to itself."""
    merged: Graph = [{} for _ in range(max(label) + 1)]
    for node, links in enumerate(graph):
        own = merged[label[node]]
        for other, weight in links.items():
            own[label[other]] = own.get(label[other], 0.0) + weight
    return merged


def _by_weight(member: list[int], graph: Graph) -> list[int]:
    weights: dict[int, float] = {}
    for node, cluster in enumerate(member):
        weights[cluster] = weights.get(cluster, 0.0) + sum(graph[node].values())
    heaviest = sorted(weights, key=lambda cluster: (-weights[cluster], cluster))
    place = {cluster: n for n, cluster in enumerate(heaviest)}
    return [place[cluster] for cluster in member]
