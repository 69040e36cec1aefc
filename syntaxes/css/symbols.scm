; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(import_statement) @import
(rule_set (selectors) @name) @rule
