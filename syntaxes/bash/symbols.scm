; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(function_definition name: (_) @name) @function
