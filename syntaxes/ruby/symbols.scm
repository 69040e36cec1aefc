; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(program (call method: (identifier) @_require (#match? @_require "^require")) @import)
(module name: (_) @name) @module
(class name: (_) @name) @class
(method name: (_) @name) @function
(singleton_method name: (_) @name) @function
