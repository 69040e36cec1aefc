; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
(pair key: (string (string_content) @name) value: [(object) (array)]) @property
