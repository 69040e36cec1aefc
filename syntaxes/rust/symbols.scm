; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(use_declaration) @import
(struct_item name: (_) @name) @struct
(enum_item name: (_) @name) @enum
(trait_item name: (_) @name) @trait
(impl_item type: [(type_identifier) (scoped_type_identifier)] @name) @impl
(impl_item type: (generic_type type: (_) @name)) @impl
(mod_item name: (_) @name body: (_)) @module
(function_item name: (_) @name) @function
(function_signature_item name: (_) @name) @function
