"""Reading and posting forms as a browser does: every field of a page, some of them changed."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects what a browser would send of the forms of a page that hold a field called so."""

    def __init__(self):
        super().__init__()
        self.forms, self.fields = [], None
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.fields = {}
            self.forms.append(self.fields)
        if self.fields is None or "disabled" in told:
            return
        name = told.get("name")
        if tag == "input" and name:
            self._take_input(name, told)
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in told:
            self.fields.setdefault(self.select, []).append(told.get("value", ""))
        elif tag == "textarea" and name:
            self.textarea = [name, ""]

    def _take_input(self, name, told):
        kind = told.get("type", "text")
        if kind in ("submit", "button"):
            return
        if kind in ("checkbox", "radio") and "checked" not in told:
            return
        unsaid = "on" if kind in ("checkbox", "radio") else ""
        self.fields.setdefault(name, []).append(told.get("value", unsaid))

    def handle_data(self, text):
        if self.textarea:
            self.textarea[1] += text

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            name, text = self.textarea
            # The parser of a browser drops the first line end, and sends all others as CRLF.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            text = text.removeprefix("\n").replace("\n", "\r\n")
            self.fields.setdefault(name, []).append(text)
            self.textarea = None


def fields_of(html):
    """What a browser would send of the largest form of a page."""
    reader = FormReader()
    reader.feed(html)
    fields = max(reader.forms, key=len)
    return {name: values for name, values in fields.items() if "__prefix__" not in name}


def fill(client, page_url, /, button="_save", **changes):
    """Opens a form, changes fields, presses a button; returns the answer."""
    return client.post(page_url, {**_opened(client, page_url), **changes, button: "1"})


EMPTY = {}


def _opened(client, url):
    """The fields of a page; an empty form is the same every time, and read once."""
    if url in EMPTY:
        return EMPTY[url]
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    fields = fields_of(page.content.decode())
    if url.endswith("/add/"):
        EMPTY[url] = fields
    return fields


def add_rows(prefix, *rows, start=0, initial=0, least=0):
    """Inline rows as fields, with the count that the management form needs."""
    fields = {f"{prefix}-TOTAL_FORMS": max(start + len(rows), least)}
    fields[f"{prefix}-INITIAL_FORMS"] = initial
    for place, row in enumerate(rows, start):
        fields |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return fields


def errors_of(response):
    """All that a refused form says, as one text."""
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    context = response.context
    told = [str(error) for errors in context["errors"] for error in _flat(errors)]
    assert told, "the form was refused without a word"
    return " ".join(told)


def _flat(errors):
    if isinstance(errors, str):
        return [errors]
    return [one for error in errors for one in _flat(error)]
