; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(module [(import_statement) (import_from_statement) (future_import_statement)] @import)
(class_definition name: (_) @name) @class
(function_definition name: (_) @name) @function
