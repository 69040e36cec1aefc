/** What is looked for in a syntax tree. A symbol is captured at its name. */
export const QUERY = `
(import_statement) @import

(class_declaration name: (_) @class)
(abstract_class_declaration name: (_) @class)
(interface_declaration name: (_) @interface)
(function_declaration name: (_) @function)
(generator_function_declaration name: (_) @function)
(ambient_declaration (function_signature name: (_) @function))
(variable_declarator
  name: (identifier) @function
  value: [(arrow_function) (function_expression) (generator_function)])
(class_body (method_definition name: [(property_identifier) (private_property_identifier)] @method))

[
  (expression_statement) (lexical_declaration) (variable_declaration) (return_statement) (throw_statement)
  (if_statement) (for_statement) (for_in_statement) (while_statement) (switch_statement) (try_statement)
] @statement
(statement_block) @block
(arguments) @arguments
(variable_declarator value: (_) @value)
(assignment_expression right: (_) @value)
(return_statement (_) @value)

(ERROR) @error
`;
