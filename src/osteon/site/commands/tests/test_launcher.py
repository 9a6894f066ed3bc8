"""The shell launcher, on machines that lack one thing or another. Python and uv are played by small scripts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]

PYTHON_WITHOUT_VENV = """#!/bin/sh
case "$1 $2" in
    "-m venv") echo "The virtual environment was not created: ensurepip is not available." >&2; exit 1 ;;
    "-m osteon") exit 0 ;;
esac
exit 0
"""
PYTHON_TOO_OLD = "#!/bin/sh\nexit 1\n"
PYTHON = """#!/bin/sh
case "$3" in --known) exit 0 ;; esac
case "$1 $2" in "-m osteon") shift 2; echo "osteon $*" ;; esac
exit 0
"""
# Makes the environment's python when asked for it, and notes what was asked.
UV = """#!/bin/sh
echo "$*" >> "$(dirname "$0")/asked"
if [ "$1" = venv ]; then
    for last; do :; done
    mkdir -p "$last/bin"; cp "$(dirname "$0")/python3" "$last/bin/python"
fi
[ -z "${UV_FAILS:-}" ] || { echo "error: Failed to fetch: connection refused" >&2; exit 2; }
[ -z "${HOSPITAL:-}" ] || [ -n "${UV_SYSTEM_CERTS:-}" ] || { echo "invalid peer certificate" >&2; exit 2; }
"""


class Machine:
    """A copy of the launcher in a folder of its own, and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin = folder / "osteon checkout", folder / "bin"
        (self.root / "requirements").mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(ROOT / "osteon", self.root / "osteon")
        for name in ("boot", "base", "dev", "bench", "analytics", "library"):
            (self.root / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
        for tool in ("sh", "dirname", "cmp", "mkdir", "cp", "rm", "cat", "basename", "grep", "tail"):
            (self.bin / tool).symlink_to(shutil.which(tool))

    def put(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(script)
        path.chmod(0o755)

    def call(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.root / "osteon"), *words],
            env={"PATH": str(self.bin), "HOME": str(self.root), **environment},
            capture_output=True,
            text=True,
        )

    def asked(self) -> list[str]:
        note = self.bin / "asked"
        return note.read_text().splitlines() if note.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_without_python_it_says_what_to_install(machine):
    done = machine.call("demo")
    assert done.returncode == 1
    assert "no Python 3.11 or later" in done.stderr and "apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_not_taken(machine):
    machine.put("python3", PYTHON_TOO_OLD)
    assert "no Python 3.11 or later" in machine.call("demo").stderr


def test_without_venv_it_names_the_package(machine):
    machine.put("python3", PYTHON_WITHOUT_VENV)
    done = machine.call("demo")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert not (machine.root / ".boot").exists()


def test_with_uv_it_installs_once_and_hands_over(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    first, second = machine.call("demo", "--port", "8107"), machine.call("demo", "--port", "8107")
    assert first.stdout == second.stdout == "osteon demo --port 8107\n"
    assert "Preparing Osteon" in first.stderr and second.stderr == ""
    assert len([line for line in machine.asked() if "--require-hashes" in line]) == 1


def test_a_changed_lock_is_installed_again(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    machine.call("rules", "list")
    (machine.root / "requirements" / "base.txt").write_text("base==2\n")
    assert "Preparing Osteon" in machine.call("rules", "list").stderr
    assert machine.call("rules", "list").stderr == ""


def test_tests_bring_their_own_group_and_product_verbs_do_not_ask_for_more(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    machine.call("test")
    machine.call("demo")
    assert [line.rsplit("/", 1)[1] for line in machine.asked() if "--require-hashes" in line] == ["dev.txt"]


def test_an_optional_part_is_added_and_then_follows_its_lock(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    assert machine.call("add", "analytics").returncode == 0
    (machine.root / "requirements" / "analytics.txt").write_text("analytics==2\n")
    assert "(analytics)" in machine.call("rules", "list").stderr


def test_an_optional_part_that_does_not_exist_is_wrong_use(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    done = machine.call("add", "nonsense")
    assert done.returncode == 2
    assert "there is no optional part 'nonsense'" in done.stderr and "analytics" in done.stderr
    assert machine.asked() == []


def test_offline_it_says_so_and_leaves_nothing_that_looks_installed(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    done = machine.call("demo", UV_FAILS="1")
    assert done.returncode == 1
    assert "connection refused" in done.stderr and "Is this machine offline?" in done.stderr
    assert machine.call("demo").returncode == 0  # the next try, online, goes through


def test_a_hospitals_own_certificate_is_looked_for_in_the_system(machine):
    machine.put("python3", PYTHON)
    machine.put("uv", UV)
    done = machine.call("rules", "list", HOSPITAL="1")
    assert (done.returncode, done.stdout) == (0, "osteon rules list\n")


def test_the_real_launcher_lists_its_verbs_and_refuses_unknown_ones():
    clean = {key: value for key, value in os.environ.items() if not key.startswith("OSTEON")}
    listing = subprocess.run([str(ROOT / "osteon")], capture_output=True, text=True, env=clean)
    assert listing.returncode == 0
    assert "  demo " in listing.stdout and "  test " in listing.stdout
    wrong = subprocess.run([str(ROOT / "osteon"), "dmo"], capture_output=True, text=True, env=clean)
    assert wrong.returncode == 2
    assert "Did you mean ./osteon demo?" in wrong.stderr
