"""The addresses of the API: a change of what they answer is a change of version."""

from django.urls import path

from . import documentation
from .interface import api

urlpatterns = [
    path("api/v1/", documentation.root, name="api"),
    path("api/v1/schema/", documentation.schema, name="api-schema"),
    path("api/v1/docs/", documentation.docs, name="api-docs"),
    path("api/v1/", api.urls),
]
