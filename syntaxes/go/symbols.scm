; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(import_spec) @import
(type_spec name: (_) @name type: (struct_type)) @struct
(type_spec name: (_) @name type: (interface_type)) @interface
(function_declaration name: (_) @name) @function
(method_declaration name: (_) @name) @method
