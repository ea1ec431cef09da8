from .accounts import Allowance, LogIn
from .actors import Alias, Country, Official, Organization, Post, Tenure
from .editions import Edition, Publication
from .following import Follower, Following, Mail
from .history import Authorship, Change, FormerRow, NewRows, written_by
from .likenesses import OfficialLikeness, StatementLikeness
from .parts import Citation, Link, Party
from .rearrangements import Rearrangement, Rearranging
from .redirects import Redirect, Renamed
from .reviews import Review
from .revision import Revision, current_revision
from .sources import Article, Outlet
from .statements import Statement
from .subjects import Event, EventParty, Topic
from .uploads import Upload, UploadLine, UploadPart

__all__ = [
    "Alias",
    "Allowance",
    "Article",
    "Authorship",
    "Change",
    "Citation",
    "Country",
    "Edition",
    "Event",
    "EventParty",
    "Follower",
    "Following",
    "FormerRow",
    "Link",
    "LogIn",
    "Mail",
    "NewRows",
    "Official",
    "OfficialLikeness",
    "Organization",
    "Outlet",
    "Party",
    "Post",
    "Publication",
    "Rearrangement",
    "Rearranging",
    "Redirect",
    "Renamed",
    "Review",
    "Revision",
    "Statement",
    "StatementLikeness",
    "Tenure",
    "Topic",
    "Upload",
    "UploadLine",
    "UploadPart",
    "current_revision",
    "written_by",
]
