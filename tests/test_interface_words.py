import pytest

from tests.interface_words import templates, untranslated


def test_every_template_is_translatable():
    faults = {
        str(path): found for path in templates() if (found := untranslated(path.read_text("utf-8")))
    }
    assert templates()
    assert faults == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>\n  Planted words</p>", (2, "Planted words")),
        ('<input placeholder="A planted name">', (1, 'placeholder="A planted name"')),
        ("<svg><title>Planted</title></svg>", (1, "Planted")),
        ('{% translate "Good" %}\n<p>{{ n }} planted</p>', (2, "planted")),
        ('{% include "a.html" with heading="Planted" %}', (1, 'heading="Planted"')),
        ('<input type="submit" value="Planted">', (1, 'value="Planted"')),
    ],
)
def test_a_planted_word_is_found(template, words):
    assert untranslated(template) == [words]


@pytest.mark.parametrize(
    "template",
    [
        '<p title="{% translate "Words" %}">{% translate "Words" %} {{ n }} · 12 →</p>',
        "{% blocktranslate %}Some <b>words</b>{% endblocktranslate %}",
        "{# Expects: words. #}<p>&nbsp;&mdash;</p><!-- words -->",
        "<code>from:pk</code> <a href='/words/'>JSON</a>",
    ],
)
def test_what_is_translated_or_no_word_is_left_alone(template):
    assert untranslated(template) == []
