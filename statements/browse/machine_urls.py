"""The addresses that programs alone ask for: the same whatever language a reader has."""

from django.urls import path

from . import about, annotations, embed, health, machines, preview, search, sitemap

urlpatterns = [
    path("statements/<slug:key>/preview.png", preview.preview, name="statement-preview"),
    path(
        "statements/<slug:key>/annotations/", annotations.annotations, name="statement-annotations"
    ),
    path(
        "statements/<slug:key>/annotations/<slug:name>/",
        annotations.annotation,
        name="statement-annotation",
    ),
    path("oembed", embed.oembed, name="oembed"),
    path("search/completions", search.completions, name="completions"),
    path("about/data/archive.schema.json", about.schema, name="archive-schema"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
