; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(import_statement) @import
(class_declaration name: (_) @name) @class
(function_declaration name: (_) @name) @function
(generator_function_declaration name: (_) @name) @function
(method_definition name: (_) @name) @method
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression)]) @function
(lexical_declaration
  (variable_declarator value: (call_expression function: (identifier) @_require (#eq? @_require "require")))) @import
