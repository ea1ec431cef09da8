"""Pages described for programs in the words of schema.org, as JSON-LD.

What is told there is what the page tells: a paraphrase is no Quotation, and a day that is not
exactly known is no date.
"""

from .nodes import graph
from .nouns import (
    article_node,
    country_node,
    event_node,
    official_node,
    organization_node,
    outlet_node,
    topic_node,
)
from .site import dataset_node, site_node
from .statements import statement_nodes

__all__ = [
    "article_node",
    "country_node",
    "dataset_node",
    "event_node",
    "graph",
    "official_node",
    "organization_node",
    "outlet_node",
    "site_node",
    "statement_nodes",
    "topic_node",
]
