"""Parts of templates kept as plain text."""

import pytest
from django.template import Context, Template, TemplateSyntaxError


def rendered(source, **context):
    return Template("{% load pictures %}" + source).render(Context(context))


def test_it_works():
    source = "{% plain as told %}\n  <bdi>{{ name }}</bdi>,\n today{% endplain %}[{{ told }}]"
    assert rendered(source, name="Jilani") == "[Jilani, today]"


def test_markup_that_is_text_stays_text():
    source = "{% plain as told %}<b>{{ name }}</b>{% endplain %}{{ told }}"
    assert rendered(source, name="<i>'") == "&lt;i&gt;&#x27;"


@pytest.mark.parametrize("tag", ["plain", "plain told", "plain as a b"])
def test_it_needs_a_name(tag):
    with pytest.raises(TemplateSyntaxError, match="needs a name"):
        Template("{% load pictures %}{% " + tag + " %}{% endplain %}")
