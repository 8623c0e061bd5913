"""Production settings; the environment chooses, the embedded default works without any choice."""

from urllib.parse import urlsplit

from . import browser
from . import environment as env
from .log import logging_config
from .sign_in import *  # noqa: F403 - who people are and how they come in

ROOT = env.ROOT
DEBUG = False

# --- Where things lie -------------------------------------------------------------------------
DATA_DIR = env.folder("DATA_DIR", ROOT / "media")
PRIVATE_ROOT = env.folder("PRIVATE_ROOT", DATA_DIR / "private")
MEDIA_ROOT = env.folder("MEDIA_ROOT", DATA_DIR / "public")
KEYS_DIR = env.folder("KEYS_DIR", PRIVATE_ROOT / "keys")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", ROOT / "staticfiles")

# --- Who we are on the network ----------------------------------------------------------------
BIND_HOST = env.read("BIND_HOST", "127.0.0.1", str, "write the address to listen on, such as 127.0.0.1.")
PORT = env.number("PORT", 8000, least=1, most=65535)
WEB_PROCESSES = env.number("WEB_PROCESSES", 2, least=1)
WEB_THREADS = env.number("WEB_THREADS", 4, least=1)
BASE_URL = env.web_address("BASE_URL", f"http://127.0.0.1:{PORT}")
DEMO = env.switch("DEMO", default=False)
DEMO_PASSWORD = env.read("DEMO_PASSWORD", "warm-window-6306", str, "write a password for the demo accounts.")
_https = BASE_URL.startswith("https://")
_host = urlsplit(BASE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [*env.hosts("ALLOWED_HOSTS"), _host, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECRET_KEY = env.secret("SECRET_KEY", KEYS_DIR)
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
VAULT_KEYS = env.vault_keys("VAULT_KEYS")  # seal what is sensitive; never the SECRET_KEY
PROXIED = env.switch("BEHIND_PROXY", default=False)
if PROXIED:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours add to X-Forwarded-For; without one, nobody is believed.
PROXY_COUNT = env.number("PROXY_COUNT", 1, least=1)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT if PROXIED else 0
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews in a frame of its own site

INSTALLED_APPS = [
    "home",
    "extranet.members",
    "extranet.core",
    "cms.kit",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "extranet.members.apps.PeopleConfig",  # wagtail.users with our screens
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",  # its templates, of which ours may take the place
]

MIDDLEWARE = [
    "cms.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.PolicyHeaders",
    "cms.middleware.Threshold",
    "cms.kit.visitors.VisitorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.middleware.OfficeRights",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "extranet.members.middleware.Doorkeeper",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.kit.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "cms.kit.templatetags.house"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{PRIVATE_ROOT / 'database.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With Django's defaults 15 of 40 simultaneous writers met "database is locked"; with these, none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that does not answer is told to the visitor soon, not after two minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds: opening one for each request costs as much as a query
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
if REDIS_URL:
    _redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {
        "default": {**_redis, "KEY_PREFIX": "locks"},
        "pages": {**_redis, "KEY_PREFIX": "pages", "TIMEOUT": 3600},
    }
else:
    _served = DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3"  # perhaps several machines
    _in_the_database = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # Django keeps 300 by default: whoever makes 300 entries would wipe everybody's throttle.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    _on_this_machine = {
        "BACKEND": "cms.kit.tally.Tally",
        "LOCATION": PRIVATE_ROOT / "cache" / "tally.sqlite3",
    }
    CACHES = {
        # Throttles and locks: seen by every process, safe under simultaneous writers.
        "default": _in_the_database if _served else _on_this_machine,
        "pages": {
            "BACKEND": "cms.kit.shelf.FileShelf",
            "LOCATION": PRIVATE_ROOT / "cache" / "pages",
            "TIMEOUT": 3600,
        },
    }
# Wagtail would keep rows about renditions there, also those of a picture that has just been withdrawn.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

KEEP_PAGES = env.switch("KEEP_PAGES", default=True)  # pages of the website for visitors, until a change

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "cms.kit.storage.PrivateStorage"},
    "shown": {"BACKEND": "cms.kit.storage.ShownStorage"},  # public or private, as the name says
    "staticfiles": {"BACKEND": "cms.kit.sheets.HouseStaticFiles"},
}
# On: the web server sends private files itself after our check (X-Accel-Redirect to /private-files/).
ACCEL_REDIRECT = env.switch("ACCEL_REDIRECT", default=False)
CLAMD_URL = env.scanner("CLAMD_URL")  # looks for viruses in what members send; empty: nobody does
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LARGEST_REQUEST = env.number("MAX_REQUEST_MB", 300, least=1) * 1024 * 1024  # a video; people signed in only
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000  # a long page in the editor posts thousands of fields

# --- People -----------------------------------------------------------------------------------
# Whoever may enter the admin or holds a sensitive office shows a second factor; a demo alone does without.
MFA_REQUIRED = env.required_but_in_a_demo("MFA_REQUIRED", demo=DEMO)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https  # localhost, while trying the house out
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # SAMEORIGIN: see X_FRAME_OPTIONS

# --- Mail and jobs ----------------------------------------------------------------------------
_mail = env.email("EMAIL_URL", "dummymail://")
MAIL_BACKEND = _mail.pop("EMAIL_BACKEND")  # what the worker sends with; everybody else only queues
EMAIL_BACKEND = "cms.kit.mail.QueuedBackend"
vars().update(_mail)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read(
    "MAIL_FROM", f"workers-home@{_host}", env.mail_address, "write an address such as union@example.org."
)
EMAIL_TIMEOUT = 10
ROBOTS = env.robots()  # of group chats; off while empty
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Language and clock -----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "cms" / "locale"]
TIME_ZONE = env.read("TIME_ZONE", "Asia/Shanghai", env.zone, "write a zone name such as Asia/Shanghai.")
USE_I18N = USE_TZ = True

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "职工之家"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "admin_sign_in"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILUSERS_PASSWORD_REQUIRED = True
WAGTAILIMAGES_RENDITION_STORAGE = "shown"
WAGTAILIMAGES_IMAGE_MODEL = "kit.HouseImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # a 50-megapixel phone has 50.3
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "heic", "heif"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.kit.forms.HouseImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.kit.forms.HouseDocumentForm"
WAGTAILDOCS_DOCUMENT_MODEL = "kit.HouseDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "txt", "csv", "zip"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "kit.HouseMedia",
    "MEDIA_FORM_BASE": "cms.kit.forms.HouseMediaForm",
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
    "AUDIO_EXTENSIONS": ["mp3", "m4a"],
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no third-party request from any page
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True

# --- Browser policy (pages of ours; the admin's own stands beside it) --------------------------
_secure = {"upgrade-insecure-requests": True} if _https else {}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**browser.OUR_PAGES, **_secure}}
ADMIN_CONTENT_SECURITY_POLICY = {**browser.THE_ADMIN, **_secure}
PERMISSIONS_POLICY = browser.PERMISSIONS

# --- Log --------------------------------------------------------------------------------------
LOG_FORMAT = env.one_of("LOG_FORMAT", ("json", "plain"))
LOG_LEVEL = env.one_of("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))
LOGGING = logging_config(LOG_FORMAT, LOG_LEVEL)
