"""The ticket's verbs, one file each. `shape.perform` runs them; `registry` lists them."""
