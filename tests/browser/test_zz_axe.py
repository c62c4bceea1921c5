import pytest
from tests.support import shots_seed
from tests.browser.test_every_page import listening, faults_of
@pytest.mark.browser
def test_axe(server, open_page, axe):
    with server.connected():
        paths = shots_seed.seed(server.world)
    out={}
    for look, opts in {"desktop": {}, "phone": {"device":"iPhone 13"}, "dark":{"color_scheme":"dark"}}.items():
        pages={w: listening(open_page(*([] if w=="nobody" else [w]), axe=True, **opts)) for w in ("acme","rival","nobody")}
        for name,(viewer,path) in paths.items():
            if callable(path): continue
            page, refused = pages[viewer]
            if f:=faults_of(page,refused,axe,path,look): out[look,name]=f
    assert out=={}
