"""Tissue samples: how many must agree, of how many."""

from __future__ import annotations

from osteon.knowledge.samples import atkins_1998, tissue_agreement

DEFINITIONS = (tissue_agreement.DEFINITION, atkins_1998.DEFINITION)
