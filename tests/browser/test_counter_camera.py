"""The counter's camera, which is a file here: it reads the code on a customer's phone, twice alike, and opens the card once."""

import io

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from portal.domain import sealing
from portal.domain.cards.counter import codes
from tests.support import loyalty, waiting
from tests.support.browser_install import installed
from tests.support.browsing import FLAGS
from tests.support.visitor import cookie_of

pytestmark = pytest.mark.browser
SIZE, FRAMES = (640, 480), 10


def film(folder, text: str):
    """What a camera sees of a code that is held up, as Chromium plays it for one."""
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="png", scale=8, border=4)
    code = Image.open(drawn).convert("RGB")
    code.thumbnail((400, 400))
    frame, jpeg = Image.new("RGB", SIZE, "#888888"), io.BytesIO()
    frame.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    frame.save(jpeg, "JPEG", quality=90)
    path = folder / "code.mjpeg"
    path.write_bytes(jpeg.getvalue() * FRAMES)
    return path


@pytest.fixture
def seeing(browser, server, app_pool, tmp_path):
    """A cashier's page whose camera sees a code."""
    opened = []

    def see(text: str):
        fake = f"--use-file-for-fake-video-capture={film(tmp_path, text)}"
        flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", fake]
        opened.append(browser.browser_type.launch(executable_path=installed(), args=flags))
        context = opened[-1].new_context(base_url=server.url, permissions=["camera"])
        context.set_default_timeout(1000 * waiting.PATIENCE_SECONDS)
        name, value = cookie_of(app_pool(server.settings), server.key_of("acme", "cashier"))
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
        return context.new_page()

    yield see
    for one in opened:
        one.close()


def test_the_camera_reads_a_live_code_and_opens_the_card_once(server, seeing, monkeypatch):
    monkeypatch.setattr(sealing, "_secret", server.settings.secret_key.encode())
    with server.connected():
        card = loyalty.card(server.world.acme)
        text = codes.code_of(card).text
    page, asked = seeing(text), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/counter")
    assert not [url for url in asked if "qr-0.7.0" in url or "camera" in url], "It is loaded when it is asked for."
    page.get_by_role("button", name="Scan the customer’s code").click()
    page.wait_for_url(f"**/counter/cards/{card.serial}?shown=live")
    expect(page.get_by_text("A live code")).to_be_visible()
    assert len([url for url in asked if "by=camera" in url]) == 1
    assert [url for url in asked if "qr-0.7.0/decode.js" in url]


def test_the_number_alone_is_read_and_called_not_live(server, seeing):
    with server.connected():
        card = loyalty.card(server.world.acme)
    page = seeing(codes.still_of(card))
    page.goto("/counter")
    page.get_by_role("button", name="Scan the customer’s code").click()
    page.wait_for_url(f"**/counter/cards/{card.serial}?shown=number")
    expect(page.get_by_text("Not live")).to_be_visible()


def test_the_camera_is_allowed_at_the_counter_alone(server, seeing):
    page = seeing("nothing")
    page.goto("/account/details")
    refused = """() => navigator.mediaDevices.getUserMedia({ video: true }).then(() => "", (error) => error.name)"""
    assert page.evaluate(refused) == "NotAllowedError"
    page.goto("/counter")
    assert page.evaluate(refused) == ""
