from .actors import Alias, Country, Official, Organization, Post, Tenure
from .redirects import Redirect, Renamed
from .revision import Revision, current_revision
from .sources import Article, Outlet
from .statements import Citation, Link, Party, Statement
from .subjects import Event, EventParty, Topic

__all__ = [
    "Alias",
    "Article",
    "Citation",
    "Country",
    "Event",
    "EventParty",
    "Link",
    "Official",
    "Organization",
    "Outlet",
    "Party",
    "Post",
    "Redirect",
    "Renamed",
    "Revision",
    "Statement",
    "Tenure",
    "Topic",
    "current_revision",
]
