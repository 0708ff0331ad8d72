"""Tests of ``reader.exports.vaults``."""

from pathlib import Path

import pytest

from reader.exports.vaults import Vault, VaultKind, find_vault, folder_in


def _obsidian(root: Path) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    return root


def _logseq(root: Path, settings: str = "{}") -> Path:
    (root / "logseq").mkdir(parents=True)
    (root / "logseq" / "config.edn").write_text(settings, encoding="utf-8")
    return root


def test_a_plain_folder_is_in_no_vault(tmp_path: Path) -> None:
    (tmp_path / "logseq").mkdir()  # a folder of that name alone is not Logseq's
    assert find_vault(tmp_path / "notes") is None
    assert folder_in(None, tmp_path / "notes") == tmp_path / "notes"


@pytest.mark.parametrize("below", ["", "Sources", "Sources/Margin"])
def test_a_vault_is_found_from_its_root_and_from_folders_in_it(tmp_path: Path, below: str) -> None:
    root = _obsidian(tmp_path / "vault")
    assert find_vault(root / below) == Vault(VaultKind.OBSIDIAN, root.resolve())
    graph = _logseq(tmp_path / "graph")
    assert find_vault(graph / below) == Vault(VaultKind.LOGSEQ, graph.resolve())


def test_the_nearest_vault_counts_and_obsidian_where_both_use_a_folder(tmp_path: Path) -> None:
    inner = _logseq(_obsidian(tmp_path / "vault") / "graph")
    assert find_vault(inner / "pages") == Vault(VaultKind.LOGSEQ, inner.resolve())
    both = _logseq(_obsidian(tmp_path / "both"))
    assert find_vault(both) == Vault(VaultKind.OBSIDIAN, both.resolve())


def test_links_lead_into_and_out_of_vaults(tmp_path: Path) -> None:
    root = _obsidian(tmp_path / "vault")
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "linked").symlink_to(outside)
    (tmp_path / "short").symlink_to(root)
    assert find_vault(root / "linked") == Vault(VaultKind.OBSIDIAN, root.resolve())
    assert find_vault(tmp_path / "short" / "notes") == Vault(VaultKind.OBSIDIAN, root.resolve())


@pytest.mark.parametrize(
    ("settings", "pages"),
    [
        ("{}", "pages"),
        ('{:pages-directory "sheets"}', "sheets"),
        ('{:meta/version 1\n ;; :pages-directory "old"\n :pages-directory "new"\n}', "new"),
        ('{;; :pages-directory "old"\n}', "pages"),
        ('{:pages-directory "../elsewhere"}', "pages"),
        ('{:pages-directory "/etc"}', "pages"),
    ],
)
def test_files_for_a_graph_go_to_its_pages(tmp_path: Path, settings: str, pages: str) -> None:
    root = _logseq(tmp_path / "graph", settings).resolve()
    vault = find_vault(root)
    assert folder_in(vault, root) == root / pages
    assert folder_in(vault, root / "pages" / "margin") == root / "pages" / "margin"


def test_files_for_obsidian_go_where_they_are_asked_for(tmp_path: Path) -> None:
    root = _obsidian(tmp_path / "vault")
    assert folder_in(find_vault(root), root) == root


def test_links_in_a_circle_lead_to_no_vault(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert find_vault(tmp_path / "a" / "notes") is None
