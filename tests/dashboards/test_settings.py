"""Settings: where each comes from and what is refused."""

from pathlib import Path

import pytest

from dashboards.settings import Settings, SettingsError, user_data_folder

HOME = {"HOME": "/home/someone", "USERPROFILE": "C:/Users/someone"}


def test_without_anything_given_the_defaults_hold() -> None:
    settings = Settings.read(HOME)
    assert (settings.port, settings.address, settings.language, settings.origins) == (5006, "127.0.0.1", "auto", ())
    assert settings.data == user_data_folder(HOME)


def test_the_environment_sets_every_field() -> None:
    environ = {
        "CAMPAIGN_DATA": "/srv/county",
        "CAMPAIGN_PORT": "8080",
        "CAMPAIGN_ADDRESS": "0.0.0.0",
        "CAMPAIGN_LANGUAGE": "zh",
        "CAMPAIGN_ORIGINS": "county.example, 10.0.0.5:8080,",
        "CAMPAIGN_KEEP": "8",
    }
    assert Settings.read(environ) == Settings(
        data=Path("/srv/county"),
        port=8080,
        address="0.0.0.0",
        language="zh",
        origins=("county.example", "10.0.0.5:8080"),
        keep=8,
    )


def test_an_argument_wins_over_the_environment() -> None:
    assert Settings.read(HOME | {"CAMPAIGN_PORT": "8080"}, port=9000).port == 9000


def test_an_argument_that_is_none_leaves_the_environment() -> None:
    assert Settings.read(HOME | {"CAMPAIGN_PORT": "8080"}, port=None).port == 8080


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CAMPAIGN_PORT", "http", "port 'http' is not a number"),
        ("CAMPAIGN_PORT", "70000", "port 70000 is out of range"),
        ("CAMPAIGN_KEEP", "0", "keep 0 is too few"),
        ("CAMPAIGN_KEEP", "all", "keep 'all' is not a number"),
        ("CAMPAIGN_LANGUAGE", "zhh", "did you mean 'zh'"),
        ("CAMPAIGN_LANGUAGE", "klingon", "give one of auto, zh, en"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.read(HOME | {name: value})


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", HOME, "/home/someone/.local/share/campaign-dashboards"),
        ("linux", HOME | {"XDG_DATA_HOME": "/data/someone"}, "/data/someone/campaign-dashboards"),
        ("darwin", HOME, "/home/someone/Library/Application Support/campaign-dashboards"),
        ("win32", HOME | {"LOCALAPPDATA": "/local"}, "/local/campaign-dashboards"),
    ],
)
def test_data_goes_where_the_platform_keeps_a_users_data(platform: str, environ: dict[str, str], folder: str) -> None:
    assert user_data_folder(environ, platform) == Path(folder)
