"""All settings, in the order a request meets them; each variable is explained in docs/operations.md."""

import ipaddress
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import drf_spectacular_sidecar
import environ
import fontpkg_geist
import fontpkg_geist_mono
import structlog
from csp.constants import NONE, SELF

from config import contract, logs
from config.required import Required

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = environ.Env()
if (VAR / "secrets.env").exists():
    environ.Env.read_env(VAR / "secrets.env")  # never overrides what is set
required = Required(env)

# What must be there, and good
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required.text("SECRET_KEY", at_least=50)
SECRET_KEY_FALLBACKS = required.texts("SECRET_KEY_FALLBACKS", at_least=50, optional=True)
TOKEN_PEPPERS = required.texts("TOKEN_PEPPER", at_least=32)
FIELD_KEYS = required.keys("FIELD_KEYS")
PUBLIC_URL = required.public_url("PUBLIC_URL", debug=DEBUG)
ALLOWED_HOSTS = required.hosts("ALLOWED_HOSTS")
REGISTRATION = env.str("REGISTRATION", default="closed")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
EMBEDDED_WORKER = env.bool("EMBEDDED_WORKER", default=True)
TRUSTED_PROXIES = [ipaddress.ip_network(network) for network in env.list("TRUSTED_PROXIES", default=[])]

# The way in
HTTPS = urlsplit(PUBLIC_URL).scheme == "https"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
MIDDLEWARE = [
    "config.door.RequestId",
    "config.answers.Problems",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.headers.ContentSecurityPolicy",
    "config.cors.Cors",
    "django.middleware.common.CommonMiddleware",
    "config.shortcut.Shortcut",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.framing.Framing",
    "accounts.sessions.SignedSessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.door.Door",
]
SECURE_SSL_REDIRECT = HTTPS
# A credential sent in clear is lost: the API refuses to hide that behind a redirect (ASVS 4.1.2).
SECURE_REDIRECT_EXEMPT = [r"^v1/", r"^api/", r"^\.well-known/", r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer, browsers send forms from the origin "null"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Apps, from the lowest layer up
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "lib",
    "access",
    "events",
    "accounts",
    "environments",
    "spaces",
    "tokens",
    "guests",
    "config",
]

# People and their sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.LongestPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Of guests, on their own pages alone: who they are, and which link they came with.
GUEST_COOKIE_NAME = "__Host-gsid" if HTTPS else "gsid"
LINK_COOKIE_NAME = "__Host-link" if HTTPS else "link"
# Of a space that was opened by a token, in a frame too: one for each space, so its path is not the whole host.
FRAMED_COOKIE_NAME = "__Secure-fsid" if HTTPS else "fsid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.answers.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "accounts.allauth.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/sign-in"
ACCOUNT_RATE_LIMITS = False  # ours are exact and shared by all processes: accounts/guessing.py
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ForgotPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordForm",
}

# The API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["access.permissions.Nobody"],
    "DEFAULT_PARSER_CLASSES": ["lib.body.StrictJson"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "config.answers.api_problem",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "config.openapi.Described",
}
SPECTACULAR_SETTINGS = contract.SETTINGS

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.chrome.chrome",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts", Path(fontpkg_geist.__file__).parent / "files"),
    ("fonts", Path(fontpkg_geist_mono.__file__).parent / "files"),
    ("swagger", Path(drf_spectacular_sidecar.__file__).parent / "static/drf_spectacular_sidecar/swagger-ui-dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MIMETYPES = {".ttf": "font/ttf"}
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# What is behind
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'latchkey.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;",
        },
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": False}
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] |= {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "connect_timeout": 5,
        "options": "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=10000",
    }
if env.str("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL")}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MAIL_DIR = VAR / "mail"
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{MAIL_DIR}"))
EMAIL_TIMEOUT = 10
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):  # type: ignore[name-defined]  # noqa: F821  set by EMAIL_URL
    # django-environ reads `filemail:///dir` as the relative path `dir`.
    EMAIL_FILE_PATH = str(Path("/") / EMAIL_FILE_PATH)  # type: ignore[has-type]  # noqa: F821
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default=f"Latchkey <latchkey@{urlsplit(PUBLIC_URL).hostname}>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# Of a guest without an address, after the last visit; 0: for good.
VISITORS_KEPT_DAYS = env.int("VISITORS_KEPT_DAYS", default=30)

LOGGING = logs.configuration(env.str("LOG_LEVEL", default="INFO"))
structlog.configure(**logs.structlog_configuration())
