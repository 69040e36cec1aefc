; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(preproc_include) @import
(struct_specifier name: (_) @name body: (_)) @struct
(union_specifier name: (_) @name body: (_)) @union
(enum_specifier name: (_) @name body: (_)) @enum
(type_definition type: (struct_specifier !name) declarator: (_) @name) @struct
(type_definition type: (union_specifier !name) declarator: (_) @name) @union
(type_definition type: (enum_specifier !name) declarator: (_) @name) @enum
(function_definition declarator: (function_declarator declarator: (_) @name)) @function
(function_definition declarator: (_ (function_declarator declarator: (_) @name))) @function
