from .actors import Alias, Country, Official, Organization, Post, Tenure
from .history import Authorship, Change, FormerRow, NewRows, written_by
from .redirects import Redirect, Renamed
from .revision import Revision, current_revision
from .sources import Article, Outlet
from .statements import Citation, Link, Party, Statement
from .subjects import Event, EventParty, Topic

__all__ = [
    "Alias",
    "Article",
    "Authorship",
    "Change",
    "Citation",
    "Country",
    "Event",
    "EventParty",
    "FormerRow",
    "Link",
    "NewRows",
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
    "written_by",
]
