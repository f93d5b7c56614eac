"""The pages of a workspace look like the app that it belongs to."""

import base64
import re

import pytest
from playwright.sync_api import expect
from portal import REPOSITORY

# The smallest picture, from the README.
LOGO = re.search(r'"logo": "([^"]+)"', (REPOSITORY / "README.md").read_text())[1]
BRANDING = {
    "appName": "Sunny Tasks",
    "logo": LOGO,
    "supportUrl": "mailto:help@acme.example",
    "privacyUrl": "https://acme.example/privacy",
}


@pytest.mark.parametrize(
    ("color", "fill", "text"),
    [("#ffee00", "rgb(255, 238, 0)", "rgb(0, 0, 0)"), ("#101010", "rgb(16, 16, 16)", "rgb(255, 255, 255)")],
)
def test_branded_page(color, fill, text, api, mint, workspace, new_context):
    answer = api.patch(f"/api/v1/workspaces/{workspace['id']}", json={"branding": BRANDING | {"color": color}})
    assert answer.is_success, answer.text
    logo = answer.json()["workspace"]["branding"]["logo"]
    page = new_context().new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(mint(workspaceId=workspace["id"])["connectUrl"])
    expect(page.get_by_role("heading", name="Connect Sandbox to Sunny Tasks")).to_be_visible()
    button = page.locator("button.primary")
    expect(button).to_have_css("background-color", fill)
    expect(button).to_have_css("color", text)
    tile = page.locator("img.logo")
    assert tile.evaluate("img => [img.src, img.naturalWidth]") == [logo, 1]
    assert api.get(logo).content == base64.b64decode(LOGO.partition(",")[2])
    expect(page.get_by_role("link", name="Privacy")).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_role("link", name="Support")).to_have_attribute("href", BRANDING["supportUrl"])

    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("main[data-outcome]").get_by_role("link", name="Privacy")).to_be_visible()
    assert complaints == [], "nothing of it is against the policy of the page"
