"""Settings, read once from the environment; only ``app`` and ``cli`` look at them."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting: its environment variable, its default in words and what it is for."""

    variable: str
    default: str
    help: str


SETTINGS = (
    Setting(
        variable="TIZIM_HOME",
        default="the user's data folder (XDG_DATA_HOME/tizim, ~/Library/Application Support/tizim on macOS)",
        help="Folder of the register and of the archived documents.",
    ),
    Setting(
        variable="TIZIM_REGISTER_URL",
        default="sqlite:///<TIZIM_HOME>/register.sqlite",
        help="Database of the register; postgresql+psycopg://… needs the extra 'postgres'.",
    ),
    Setting(
        variable="TIZIM_MAIN_LANGUAGE",
        default="en",
        help="The language in which bulletins are written: en, fr, ar, fa, prs, ru, kk, id, zh, ja, tr or es.",
    ),
    Setting(
        variable="TIZIM_BULLETIN_APPROVAL",
        default="second",
        help="Who approves a bulletin: 'second', another person than its author, or 'author', whoever wrote it.",
    ),
    Setting(
        variable="TIZIM_LLM_URL",
        default="no model is asked",
        help="Address of a language model that reads articles (--reader model), up to what /chat/completions follows.",
    ),
    Setting(
        variable="TIZIM_LLM_MODEL",
        default="empty",
        help="The name of that model, as its endpoint calls it.",
    ),
    Setting(
        variable="TIZIM_LLM_KEY",
        default="no key is sent",
        help="The key that the endpoint of that model wants.",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_ENGINE",
        default="none: nothing is translated",
        help="What translates bulletins: 'libre', a server that speaks LibreTranslate's interface; 'chat', a model at"
        " an endpoint of the common chat completions form; or 'local', models in a folder (needs the extra 'mt').",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_URL",
        default="empty",
        help="Address of that engine: up to what /translate or /chat/completions follows.",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_MODEL",
        default="empty",
        help="The name of the model, as the endpoint of 'chat' calls it.",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_KEY",
        default="no key is sent",
        help="The key that the engine wants.",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_FOLDER",
        default="empty",
        help="The folder of the models of 'local', with the file engine.toml that says what each is for.",
    ),
    Setting(
        variable="TIZIM_TRANSLATE_SECONDS",
        default="120",
        help="Seconds within which the engine must have translated twenty sentences.",
    ),
    Setting(
        variable="TIZIM_UPDATE_TOKEN",
        default="nobody may",
        help="Who sends it to /updatez may have it looked whether the data served are the newest.",
    ),
    Setting(
        variable="TIZIM_CUSTOMERS_URL",
        default="sqlite:///<TIZIM_HOME>/customers.sqlite",
        help="Database of what users of the service keep of their own (keys, policies, what was screened and cleared);"
        " postgresql+psycopg://… needs the extra 'postgres'.",
    ),
    Setting(
        variable="TIZIM_CUSTOMERS_KEY",
        default="nothing is kept of customers",
        help="The secret, of 32 characters or more, under which customers are found again without being kept.",
    ),
    Setting(
        variable="TIZIM_API_KEYS",
        default="off",
        help="Who may ask over HTTP: 'off', whoever reaches the service, or 'required', whoever has a key (tizim key).",
    ),
    Setting(
        variable="TIZIM_ENTER_BY_HTTP",
        default="off",
        help="Whether decisions and documents are entered over HTTP: 'off'; or 'with-key', by keys of scope decide.",
    ),
    Setting(
        variable="TIZIM_RATE_LIMIT",
        default="0",
        help="Requests a minute that one key, or one address without a key, may send over HTTP; 0: any number.",
    ),
    Setting(
        variable="TIZIM_SCREENING_LOG",
        default="off",
        help="What a service keeps of each query and its answer: 'off', nothing; 'whole'; or 'marks', the query only as"
        " a keyed hash.",
    ),
    Setting(
        variable="TIZIM_RETENTION_DAYS",
        default="0",
        help="Days after which a service deletes what it keeps of queries; 0: never by itself.",
    ),
    Setting(
        variable="TIZIM_POLICY",
        default="none",
        help="The policy (tizim policy) by which a service screens where a request names none.",
    ),
    Setting(
        variable="TIZIM_WEBHOOK_PRIVATE",
        default="refused",
        help="Whether events are sent to addresses of this machine and its network, and over http: 'refused' or"
        " 'allowed'.",
    ),
    Setting(
        variable="TIZIM_SMTP_URL",
        default="no e-mail is sent",
        help="The server that e-mail goes through: smtps://name:password@host:465, or smtp://… which becomes encrypted"
        " where the server can.",
    ),
    Setting(
        variable="TIZIM_MAIL_FROM",
        default="empty",
        help="The address that e-mail comes from.",
    ),
)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the environment says: ``home`` holds the archive, ``register_url`` names the database.

    ``llm_url``, ``llm_model`` and ``llm_key`` name a language model that may be asked to read articles.
    """

    home: Path
    register_url: str
    main_language: str = "en"
    """as it was written; whoever makes pages knows which languages there are"""
    bulletin_approval: str = "second"
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""
    translate_engine: str = ""
    translate_url: str = ""
    translate_model: str = ""
    translate_key: str = ""
    translate_folder: str = ""
    translate_seconds: str = "120"
    update_token: str = ""
    """who has it may ask a service for newer data; empty: nobody may"""
    customers_url: str = ""
    """empty: a file in ``home``"""
    customers_key: str = ""
    api_keys: str = "off"
    enter_by_http: str = "off"
    rate_limit: str = "0"
    policy: str = ""
    screening_log: str = "off"
    retention_days: str = "0"
    webhook_private: str = "refused"
    smtp_url: str = ""
    mail_from: str = ""

    def __repr__(self) -> str:
        """No secret: a value may end in a log."""
        return f"Settings(home={str(self.home)!r})"

    @property
    def customers(self) -> str:
        """The address of the customers' store."""
        return self.customers_url or f"sqlite:///{self.home / 'customers.sqlite'}"

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment (or *environ*); nothing is created."""
        env = os.environ if environ is None else environ
        given = env.get("TIZIM_HOME", "").strip()
        home = Path(given).expanduser() if given else _data_folder(env)
        url = env.get("TIZIM_REGISTER_URL", "").strip() or f"sqlite:///{home / 'register.sqlite'}"
        model = {f"llm_{name}": env.get(f"TIZIM_LLM_{name.upper()}", "").strip() for name in ("url", "model", "key")}
        translating = {
            f"translate_{name}": env.get(f"TIZIM_TRANSLATE_{name.upper()}", "").strip()
            for name in ("engine", "url", "model", "key", "folder")
        }
        return cls(
            home=home, register_url=url, main_language=env.get("TIZIM_MAIN_LANGUAGE", "").strip() or "en",
            bulletin_approval=env.get("TIZIM_BULLETIN_APPROVAL", "").strip() or "second",
            update_token=env.get("TIZIM_UPDATE_TOKEN", "").strip(), **model, **translating,
            translate_seconds=env.get("TIZIM_TRANSLATE_SECONDS", "").strip() or "120",
            customers_url=env.get("TIZIM_CUSTOMERS_URL", "").strip(),
            customers_key=env.get("TIZIM_CUSTOMERS_KEY", "").strip(),
            api_keys=env.get("TIZIM_API_KEYS", "").strip() or "off",
            enter_by_http=env.get("TIZIM_ENTER_BY_HTTP", "").strip() or "off",
            screening_log=env.get("TIZIM_SCREENING_LOG", "").strip() or "off",
            retention_days=env.get("TIZIM_RETENTION_DAYS", "").strip() or "0",
            webhook_private=env.get("TIZIM_WEBHOOK_PRIVATE", "").strip() or "refused",
            smtp_url=env.get("TIZIM_SMTP_URL", "").strip(), mail_from=env.get("TIZIM_MAIL_FROM", "").strip(),
            policy=env.get("TIZIM_POLICY", "").strip(), rate_limit=env.get("TIZIM_RATE_LIMIT", "").strip() or "0",
        )  # fmt: skip


def _data_folder(env: Mapping[str, str]) -> Path:
    """The platform's place for a program's data (XDG base directories; Apple's library folder)."""
    if given := env.get("XDG_DATA_HOME", "").strip():
        return Path(given) / "tizim"
    library = Path.home() / "Library" / "Application Support"
    if library.is_dir():
        return library / "tizim"
    return Path.home() / ".local" / "share" / "tizim"
