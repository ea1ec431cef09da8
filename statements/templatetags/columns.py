"""The bars of a chart and their numbers, set by functions, since some charts hold hundreds."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from statements.charts.bars import BarChart, DrawnBar

register = template.Library()

# The pointer may use the bars; keys and readers have the table.
COLUMN = (
    '<a href="%(url)s" tabindex="-1" aria-label="%(label)s: %(n)d">'
    "<title>%(label)s: %(n)d</title>"
    '<rect class="chart__column" x="%(column_x)s" y="%(top)s" width="%(column_width)s"'
    ' height="%(axis_text_y)s"/>'
    '<rect class="chart__bar%(selected)s" x="%(x)s" y="%(y)s" width="%(width)s"'
    ' height="%(height)s"/></a>\n'
)
LABEL = '<text class="chart__text" x="%s" y="%s" text-anchor="%s">%s</text>\n'
NUMBER = '<tr><th scope="row"><a href="%s"%s>%s</a></th><td class="figure">%d</td></tr>\n'
CURRENT = ' aria-current="true"'


@register.simple_tag
def columns(chart: BarChart, base: str = "") -> SafeString:
    """Draws the bars; `base` is the address before their query strings."""
    return SafeString("".join(_column(bar, chart, base) for bar in chart.bars))


def _column(bar: DrawnBar, chart: BarChart, base: str) -> str:
    label = escape(bar.label)
    drawn = COLUMN % {
        "url": escape(base + bar.url),
        "label": label,
        "n": bar.n,
        "top": chart.top,
        "axis_text_y": chart.axis_text_y,
        "selected": " chart__bar--selected" if bar.is_selected else "",
        "column_x": bar.column_x,
        "column_width": bar.column_width,
        "x": bar.x,
        "y": bar.y,
        "width": bar.width,
        "height": bar.height,
    }
    if not bar.is_labelled:
        return drawn
    return drawn + LABEL % (bar.text_x, chart.axis_text_y, bar.text_anchor, label)


@register.simple_tag
def numbers(chart: BarChart, base: str = "") -> SafeString:
    """Tells the same as rows of a table."""
    return SafeString(
        "".join(
            NUMBER
            % (
                escape(base + bar.url),
                CURRENT if bar.is_selected else "",
                escape(bar.label),
                bar.n,
            )
            for bar in chart.bars
        )
    )
