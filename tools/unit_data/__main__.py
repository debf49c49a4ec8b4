"""Rebuild the shipped unit data: `uv run --group sources python tools/unit_data`."""

from pathlib import Path

import defence
import government
import lineage
import report
import sources

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src/muster/foundation/units/data"
KIND_CHANGES = Path(__file__).parent / "kind-changes-2026.csv"


def main() -> None:
    old, new, notes = sources.old_map(), sources.new_map(), sources.notes()
    merged = sources.merged_provinces()
    converter, islands = sources.converter_pairs()
    readings = lineage.read_notes(old, new, notes, merged)
    pairs, disagreements = lineage.settle(readings, converter)
    found = lineage.build(pairs, islands, readings, old, new)
    baseline, orders = DATA / "baseline", DATA / "orders"
    for folder in (baseline, orders):
        folder.mkdir(parents=True, exist_ok=True)
    for path in orders.glob("*.toml"):
        path.unlink()
    government.write_baseline(baseline, old, new, found)
    government.write_provinces(orders, new, merged)
    government.write_communes(orders, old, new, found, notes)
    government.write_dissolution(orders, found)
    government.write_kind_changes(orders, KIND_CHANGES)
    defence.write(baseline, orders, old, new, found)
    report.write(ROOT / "docs/reference", disagreements, found, (old, new), notes)
    print(f"{len(pairs)} links, {len(disagreements)} disagreements settled")


if __name__ == "__main__":
    main()
