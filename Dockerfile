# The archive's web server. docker-compose.yml puts a database and a proxy around it.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin demarche \
    && install --directory --owner=demarche /var/lib/demarche

WORKDIR /srv/demarche
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY . ./

USER demarche
ENV HOST=0.0.0.0 \
    PORT=8000 \
    VAR_DIR=/var/lib/demarche
VOLUME /var/lib/demarche
EXPOSE 8000
STOPSIGNAL SIGTERM

# The archive answers to its own names alone, so the probe calls it by the first of them.
HEALTHCHECK --interval=30s --timeout=6s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; name = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.'); u.urlopen(u.Request(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", headers={'Host': name}), timeout=5)"]

CMD ["python", "manage.py", "serve"]
