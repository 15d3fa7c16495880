"""The pure decisions: own words, addresses, intents, readers."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.sharing.rules.addresses import check_post_url, check_server, tagged
from app.sharing.rules.closeness import compare
from app.sharing.rules.intents import Post, intent, with_link
from app.sharing.rules.networks import NETWORKS
from app.sharing.rules.readers import device, hit, is_robot, referrer_host

CAPTION = (
    "I work at Meridian. We used to glue our keyboards in, and then wondered why so many laptops were thrown away. "
    "Now battery and keyboard come out with a screwdriver. What would make you keep a machine two years longer?"
)
AT = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_own_words_are_very_much_yours():
    mine = "Last month my own laptop died the day before a deadline. New battery, four minutes, back to work."
    assert compare(mine, texts=[CAPTION]).verdict == "yours"


def test_a_caption_with_other_link_words_is_close():
    reworded = (
        "We used to glue our keyboards and wondered why many laptops were thrown away. Now the battery and the keyboard come out "
        "with a simple screwdriver. What would make you keep your machine longer?"
    )
    found = compare(reworded, texts=[CAPTION])
    assert found.verdict == "close"
    assert not found.verbatim


@pytest.mark.parametrize(
    "copy",
    [
        CAPTION,
        CAPTION.upper(),
        "Now battery and keyboard come out with a screwdriver!",
        "now battery, and keyboard: come out… with a screwdriver https://meridian.example/s/abc #repair",
    ],
)
def test_a_copy_is_a_copy_whatever_its_case_punctuation_links_and_hashtags(copy):
    found = compare(copy, texts=[CAPTION])
    assert found.verbatim
    assert found.percent == 100


def test_a_fact_may_be_quoted_inside_words_of_ones_own():
    fact = "We keep ten parts in stock for seven years after the last machine of a series is sold."
    mine = "My father still asks me for spare parts. I can finally tell him: we keep ten parts in stock for seven years. He smiled, and so did I, all evening long."
    found = compare(mine, texts=[], facts=[fact])
    assert found.verdict == "yours"
    assert found.longest_run == 9
    assert not found.verbatim
    assert compare(fact, texts=[], facts=[fact]).verbatim


def test_a_text_without_words_is_close_to_nothing():
    assert compare("🙂 https://meridian.example", texts=[CAPTION]).percent == 0
    assert not compare("Yes", texts=["Yes"]).verbatim


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://m.example/a", "https://m.example/a?utm_source=x&utm_medium=employee-advocacy&utm_campaign=laptops"),
        ("https://m.example/a?b=1%20c&B=%2B#d", "https://m.example/a?b=1%20c&B=%2B&utm_source=x&utm_medium=employee-advocacy&utm_campaign=laptops#d"),
        (
            "https://m.example/?utm_source=mail&UTM_Campaign=y&q=1",
            "https://m.example/?q=1&utm_source=x&utm_medium=employee-advocacy&utm_campaign=laptops",
        ),
    ],
)
def test_a_target_says_story_and_network_and_keeps_the_rest_byte_for_byte(target, expected):
    """P15."""
    assert tagged(target, network="x", story="laptops") == expected


@pytest.mark.parametrize(
    ("network", "address", "good"),
    [
        ("linkedin", "https://www.linkedin.com/feed/update/urn:li:activity:7", True),
        ("linkedin", "https://linkedin.com.evil.example/", False),
        ("linkedin", "https://evil.example/linkedin.com", False),
        ("linkedin", "http://www.linkedin.com/feed", False),
        ("linkedin", "//www.linkedin.com/feed", False),
        ("linkedin", "/\\www.linkedin.com", False),
        ("linkedin", "javascript:alert('linkedin.com')", False),
        ("linkedin", "https://www.linkedin.com/\r\nx", False),
        ("x", "https://x.com/ada/status/1", True),
        ("x", "https://max.com/ada", False),
        ("mastodon", "https://mastodon.example/@ada/1", True),
        ("mastodon", "https://other.example/@ada/1", False),
        ("linkedin", "", True),
    ],
)
def test_the_address_of_a_post_stands_on_its_network(network, address, good):
    """T63, for the addresses that people hand us."""
    if good:
        assert check_post_url(f" {address} ", network=NETWORKS[network], server="mastodon.example") == address
    else:
        with pytest.raises(Invalid):
            check_post_url(address, network=NETWORKS[network], server="mastodon.example")


@pytest.mark.parametrize(
    ("given_name", "server"),
    [("mastodon.social", "mastodon.social"), (" https://Mastodon.Social/ ", "mastodon.social"), ("@ada@hachyderm.io", "hachyderm.io")],
)
def test_a_mastodon_server_is_found_in_what_people_paste(given_name, server):
    assert check_server(given_name) == server


@pytest.mark.parametrize(
    "name", ["", "localhost", "10.0.0.1", "mastodon.social/evil?", "a b.example", "mastodon.social:8080", "[::1]", "xn--e1afmkfd.example"]
)
def test_what_is_no_public_server_is_refused(name):
    with pytest.raises(Invalid):
        check_server(name)


ODD = "50% & more: #tags + plus? “ok” 👩\u200d🏭\nשלום =1&x=2"
LINK = "https://socii.test/s/AbCdEfGh12"
FIELDS = {
    "linkedin": {"url": LINK},
    "facebook": {"u": LINK},
    "x": {"text": with_link(ODD, LINK)},
    "bluesky": {"text": with_link(ODD, LINK)},
    "mastodon": {"text": with_link(ODD, LINK)},
    "threads": {"text": with_link(ODD, LINK)},
    "whatsapp": {"text": with_link(ODD, LINK)},
    "telegram": {"url": LINK, "text": ODD},
    "reddit": {"url": LINK, "title": ODD},
    "teams": {"href": LINK, "msgText": ODD},
}
HOSTS = {
    "linkedin": "www.linkedin.com",
    "facebook": "www.facebook.com",
    "x": "x.com",
    "bluesky": "bsky.app",
    "mastodon": "hachyderm.io",
    "threads": "www.threads.com",
    "whatsapp": "wa.me",
    "telegram": "t.me",
    "reddit": "www.reddit.com",
    "teams": "teams.microsoft.com",
}


@pytest.mark.parametrize("network", sorted(FIELDS))
def test_every_sign_survives_the_way_into_a_networks_composer(network):
    address = intent(network, Post(ODD, LINK, "Title", "hachyderm.io"))
    parts = urlsplit(address)
    assert parts.scheme == "https"
    assert parts.netloc == HOSTS[network]
    assert address.isascii()
    assert "+" not in parts.query
    assert {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()} == FIELDS[network]


def test_a_mail_has_its_lines_as_mail_programs_read_them():
    address = intent("email", Post("One\nTwo & #3", LINK, "A title + more"))
    assert (
        address == f"mailto:?subject=A%20title%20%2B%20more&body=One%0D%0ATwo%20%26%20%233%0D%0A%0D%0A{LINK.replace(':', '%3A').replace('/', '%2F')}"
    )
    assert unquote(address).endswith(LINK)


@given(st.text(max_size=80))
def test_any_text_round_trips(text):
    words = text.encode("utf-8", "ignore").decode()
    query = parse_qs(urlsplit(intent("x", Post(words, LINK))).query, keep_blank_values=True)
    assert query["text"][0] == with_link(words, LINK)


def test_the_share_sheet_has_no_address_and_every_other_network_has_one():
    assert {slug for slug in NETWORKS if not intent(slug, Post("a", LINK))} == {"sheet"}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Twitterbot/1.0",
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
        "Mastodon/4.3.1 (http.rb/5.2.0; +https://mastodon.example/)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
        "python-requests/2.32",
        "curl/8.5.0",
    ],
)
def test_robots_are_known_by_their_names(agent):
    assert is_robot(agent)


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (FIREFOX, "desktop"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1", "tablet"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X210) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "tablet"),
    ],
)
def test_people_are_people_on_some_kind_of_device(agent, kind):
    assert not is_robot(agent)
    assert device(agent) == kind


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.linkedin.com/feed/?secret=1", "www.linkedin.com"),
        ("android-app://com.linkedin.android/", "com.linkedin.android"),
        ("", ""),
        ("nonsense", ""),
        ("https://[broken/", ""),
        ("https://" + "a" * 300 + ".example/", ""),
    ],
)
def test_of_a_referrer_only_the_host_is_kept(address, host):
    """P14."""
    assert referrer_host(address) == host


def asked(method="GET", **headers):
    """A request by Firefox as WSGI hands it over."""
    return {"REQUEST_METHOD": method, "HTTP_USER_AGENT": FIREFOX, **{f"HTTP_{name.upper()}": value for name, value in headers.items()}}


def test_a_click_keeps_the_hour_and_no_address():
    """P14."""
    found = hit(7, asked(Referer="https://bsky.app/profile/ada", X_Forwarded_For="1.2.3.4"), at=AT)
    assert (found.link_id, found.hour.isoformat(), found.referrer, found.device, found.robot) == (
        7,
        "2026-11-23T12:00:00+00:00",
        "bsky.app",
        "desktop",
        False,
    )


@pytest.mark.parametrize("wish", [{"Sec_GPC": "1"}, {"DNT": "1"}])
def test_who_asks_not_to_be_followed_is_only_counted(wish):
    """P14."""
    found = hit(7, asked(Referer="https://bsky.app/", **wish), at=AT)
    assert (found.referrer, found.device, found.robot) == ("", "", False)


@pytest.mark.parametrize(
    ("method", "headers"),
    [("HEAD", {}), ("GET", {"Sec_Purpose": "prefetch;prerender"}), ("GET", {"Purpose": "Prefetch"}), ("GET", {"X_Moz": "prefetch"})],
)
def test_what_nobody_reads_does_not_count(method, headers):
    assert hit(7, asked(method, **headers), at=AT) is None
