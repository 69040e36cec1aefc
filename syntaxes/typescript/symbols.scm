; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(import_statement) @import
(class_declaration name: (_) @name) @class
(abstract_class_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @interface
(enum_declaration name: (_) @name) @enum
(internal_module name: (_) @name) @namespace
(function_declaration name: (_) @name) @function
(generator_function_declaration name: (_) @name) @function
(function_signature name: (_) @name) @function
(method_definition name: (_) @name) @method
(abstract_method_signature name: (_) @name) @method
(method_signature name: (_) @name) @method
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression)]) @function
(public_field_definition name: (_) @name value: [(arrow_function) (function_expression)]) @method
