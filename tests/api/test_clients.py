"""Clients that well-known generators make of the description work as they are.

The generators are no part of the requirements: where `openapi-python-client`, or `openapi-typescript` with `tsc`, is on the
PATH, it is tried.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
import requests

pytestmark = [pytest.mark.long, pytest.mark.engine("sqlite")]

PYTHON = """
import sys
from made import AuthenticatedClient
from made.api.catalogs import create_catalog, list_catalogs
from made.api.deals import create_deal, get_deal, list_deals
from made.api.offers import create_offer
from made.api.promo import check_promo
from made.models import CatalogCreate, DealCreate, DealCreateStatus, OfferCreate, PriceGiven, Problem

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2], prefix="", auth_header_name="Authorization")
catalog = create_catalog.sync(client=client, body=CatalogCreate(title="Made", catalog_code="made"))
assert list_catalogs.sync(client=client, limit=1)[0].id == catalog.id
again = create_catalog.sync(client=client, body=CatalogCreate(title="Made", catalog_code="made"))
assert isinstance(again, Problem) and again.error_code == "catalog_code_taken", again
offer = OfferCreate(name="Plan", catalog_id=str(catalog.id), prices=[PriceGiven(cost=100, currency="USD")], reward_percent=5)
assert create_offer.sync(client=client, body=offer).prices[0].cost == 100
said = DealCreate(status=DealCreateStatus.PAID, offer="Plan", cost="12.50", currency="USD", deal_id="1", catalog_code="made")
assert create_deal.sync(client=client, body=said, idempotency_key="once").status == "Paid"
deal = get_deal.sync("1", client=client)
assert (deal.cost, deal.paid_at.tzinfo is not None, deal.canceled_at) == (12.5, True, None)
assert [one.deal_id for one in list_deals.sync(client=client, modified_since=deal.modified_at)] == ["1"]
assert check_promo.sync(client=client, code="nobodys").error_code == "promo_code_unknown"
"""
TYPESCRIPT = """
import type { components, operations } from "./made";
type Deal = components["schemas"]["DealResponse"];
export const paid = (deal: Deal): string | null => deal.paid_at;
export const report: operations["create_deal"]["requestBody"]["content"]["application/json"] = {
  status: "Created", offer: "Plan", cost: 100, currency: "USD", deal_id: "1", catalog_code: "made" };
// @ts-expect-error A status that is not listed is none.
export const wrong: Deal["status"] = "created";
// @ts-expect-error A title cannot be null.
export const change: components["schemas"]["CatalogChange"] = { title: null };
"""


def tool(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


@pytest.fixture
def described(server, tmp_path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_bytes(requests.get(f"{server.url}/api/openapi.json", timeout=60).content)
    return path


def run(*command: object, folder: Path) -> None:
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_python_client_works(server, described, tmp_path):
    generator = tool("openapi-python-client")
    made = ("generate", "--path", described, "--meta", "none", "--output-path", tmp_path / "made")
    run(generator, *made, folder=tmp_path)
    (tmp_path / "tried.py").write_text(PYTHON)
    run(Path(generator).with_name("python"), "tried.py", server.url, server.world.acme.token, folder=tmp_path)


def test_a_typescript_client_fits_its_types(described, tmp_path):
    generator, compiler = tool("openapi-typescript"), tool("tsc")
    run(generator, described, "-o", tmp_path / "made.d.ts", folder=tmp_path)
    (tmp_path / "tried.ts").write_text(TYPESCRIPT)
    run(compiler, "--noEmit", "--strict", "tried.ts", folder=tmp_path)
