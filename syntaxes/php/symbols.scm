; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(namespace_use_declaration) @import
(class_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @interface
(trait_declaration name: (_) @name) @trait
(enum_declaration name: (_) @name) @enum
(function_definition name: (_) @name) @function
(method_declaration name: (_) @name) @method
