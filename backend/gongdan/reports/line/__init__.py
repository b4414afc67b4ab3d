"""The measures of the telephone line: docs/measures.md defines each, SQL counts them, `recompute` counts them again."""
