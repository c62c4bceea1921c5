"""The counter's camera, which is a file here: it reads the code on a customer's phone, twice alike, and opens the card once."""

import io
import json

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


# A phone with two cameras, of which one has a light; a third one, "gone", was there some time ago.
CAMERAS = """
window.asked = [];
const real = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function ({ video }) {
  asked.push(video.deviceId?.exact ?? video.facingMode);
  if (asked.at(-1) === "gone") throw new DOMException("", "OverconstrainedError");
  return real.call(this, { video: true });
};
MediaDevices.prototype.enumerateDevices = async () =>
  ["front", "back"].map((deviceId) => ({ kind: "videoinput", deviceId, label: `The ${deviceId} one` }));
MediaStreamTrack.prototype.getSettings = () => ({ deviceId: asked.at(-1) === "back" ? "back" : "front" });
MediaStreamTrack.prototype.getCapabilities = () => (asked.at(-1) === "back" ? { torch: true } : {});
MediaStreamTrack.prototype.applyConstraints = async ({ advanced: [{ torch }] }) => { window.isLit = torch; };
"""
READ = """document.addEventListener("counter:read", ({ detail }) => {
  sessionStorage.read = `${sessionStorage.read ?? ""}${detail} `;
});"""


def film(folder, text: str | None):
    """What a camera sees of a code that is held up, or of none, as Chromium plays it for one."""
    frame, jpeg = Image.new("RGB", SIZE, "#888888"), io.BytesIO()
    if text is not None:
        drawn = io.BytesIO()
        segno.make(text, micro=False).save(drawn, kind="png", scale=8, border=4)
        code = Image.open(drawn).convert("RGB")
        code.thumbnail((400, 400))
        frame.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    frame.save(jpeg, "JPEG", quality=90)
    path = folder / "code.mjpeg"
    path.write_bytes(jpeg.getvalue() * FRAMES)
    return path


@pytest.fixture
def seeing(browser, server, app_pool, tmp_path):
    """A cashier's page whose camera sees a code."""
    opened = []

    def see(text: str | None):
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


def test_the_camera_reads_a_live_code_and_opens_the_card_once(server, seeing):
    sealing.use_secret(server.settings.secret_key)
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


def test_first_decodes_that_are_wrong_open_nothing(server, seeing):
    with server.connected():
        card = loyalty.card(server.world.acme)
    page = seeing(None)
    said = json.dumps(["000000000001", "000000000002", "", "000000000003", card.serial])
    decoder = f"const said = {said}; let at = 0; export default () => said[Math.min(at++, said.length - 1)];"
    page.route("**/qr-0.7.0/decode.js*", lambda route: route.fulfill(content_type="text/javascript", body=decoder))
    page.add_init_script(READ)
    page.goto("/counter")
    page.get_by_role("button", name="Scan the customer’s code").click()
    page.wait_for_url(f"**/counter/cards/{card.serial}?shown=number")
    assert page.evaluate("sessionStorage.read") == f"{card.serial} "


def test_a_camera_that_was_chosen_is_remembered_and_its_light_is_switched(seeing):
    page = seeing(None)
    page.add_init_script(CAMERAS)
    page.goto("/counter")
    scan, light = page.get_by_role("button", name="Scan the customer’s code"), page.get_by_role("button", name="Light")
    scan.click()
    picker = page.get_by_role("combobox", name="Camera")
    expect(picker).to_have_value("front")
    expect(light).to_be_hidden()
    picker.select_option(label="The back one")
    expect(light).to_have_attribute("aria-pressed", "false")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("isLit") is True
    page.reload()
    scan.click()
    expect(picker).to_have_value("back")
    assert page.evaluate("asked") == ["back"]
    page.evaluate("localStorage.setItem('counter-camera', 'gone')")
    page.reload()
    scan.click()
    expect(page.get_by_text("Hold the code into the picture.")).to_be_visible()
    assert page.evaluate("asked") == ["gone", "environment"]


def test_the_camera_is_allowed_at_the_counter_alone(server, seeing):
    page = seeing("nothing")
    page.goto("/account/details")
    refused = """() => navigator.mediaDevices.getUserMedia({ video: true }).then(() => "", (error) => error.name)"""
    assert page.evaluate(refused) == "NotAllowedError"
    page.goto("/counter")
    assert page.evaluate(refused) == ""
