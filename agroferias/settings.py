"""Settings, all from the environment; the README's table describes each variable."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-debugging" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text, or DEBUG=1.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "agroferias",
    "markets",
    "producers",
    "agroferias.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "agroferias.kept.kept_pages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "agroferias.middleware.language",
    "agroferias.api.middleware.open_to_all",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "markets.middleware.agenda",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "agroferias.urls"
WSGI_APPLICATION = "agroferias.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "agroferias.templatetags.language_tags",
                "agroferias.templatetags.look",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
# One open connection a thread, shared between requests; CONN_MAX_AGE must stay 0.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each process has its own unless told otherwise. One page takes about 15 KB.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": env.cache("PAGES_CACHE_URL", default="locmemcache://pages"),
}
CACHES["pages"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 1000)
KEEP_PAGES = env.bool("KEEP_PAGES", default=not DEBUG)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English")), ("qu", _("Quechua"))]
LOCALE_PATHS = [BASE_DIR / "agroferias" / "locale"]
FORMAT_MODULE_PATH = "agroferias.formats"
TIME_ZONE = "America/Lima"

VAR_DIR = env.path("VAR_DIR", default=str(BASE_DIR / "var"))
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR("static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR("media")
# What nobody may fetch by its address: no server serves it.
PRIVATE_ROOT = VAR_DIR("private")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Django's 1000 are fewer than a page of the desk may send: an offering is 22 fields, a
# place on a market day's list 8, a row chosen in a list 1.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Strict from the first template: no inline script or style, nobody else's files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
    }
}
# Behind a proxy that ends TLS and says so; the demo on this machine has none.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# E-mail goes to the terminal unless EMAIL_URL names a server.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
# Seconds that a mail server may take for one answer.
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str(
    "EMAIL_FROM", default="Agroferias Campesinas <avisos@localhost>"
)
# What links in e-mails begin with: no request tells it there.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

# The open data. rest_framework and drf_spectacular are not among the installed apps:
# nothing of their templates, scripts and styles is used or served.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=120)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "agroferias.api.negotiation.FormatNegotiation",
    "DEFAULT_FILTER_BACKENDS": ["agroferias.api.parameters.PageFilters"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PAGINATION_CLASS": "agroferias.api.pages.KeyPages",
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "agroferias.api.renderers.TableRenderer",
        "agroferias.api.renderers.PageRenderer",
    ],
    "DEFAULT_SCHEMA_CLASS": "agroferias.api.schema.DataSchema",
    "DEFAULT_THROTTLE_CLASSES": ["agroferias.api.throttle.ReadingThrottle"],
    "EXCEPTION_HANDLER": "agroferias.api.errors.problem",
    # Whose address is counted: the proxy's word is taken where there is one.
    "NUM_PROXIES": 1 if HTTPS else 0,
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": _("Open data of Agroferias Campesinas"),
    "VERSION": "1.0",
    "DESCRIPTION": _(
        "What is in season, who grows it, and where and when the market is held. Only "
        "what the pages show, without the data of persons. Explained at /datos/."
    ),
    "LICENSE": {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "PATH_CONVERTER_OVERRIDES": {"date": {"type": "string", "format": "date"}},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "agroferias.api.schema.with_refusals",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "markets.logs.WithoutTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["without_tokens"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
