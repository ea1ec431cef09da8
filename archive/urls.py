from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", include("statements.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("statements.api.urls")),
    path("", include("statements.exports.urls")),
    path("", include("statements.browse.machine_urls")),
    # Pages that people read are in every language; English ones need no prefix.
    *i18n_patterns(
        path("", include("statements.browse.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "statements.browse.errors.bad_request"
handler403 = "statements.browse.errors.forbidden"
handler404 = "statements.browse.errors.not_found"
handler500 = "statements.browse.errors.server_error"
