; What encloses an edit and what stands in an outline: the node is captured by its kind, its name as @name.
; Only what gives a page its shape: an outline of every paragraph would say nothing.
(element (start_tag (tag_name) @name) (#match? @name "^(head|body|header|nav|main|section|article|aside|footer|form|fieldset|table|dialog|template)$")) @element
(script_element (start_tag (tag_name) @name)) @element
(style_element (start_tag (tag_name) @name)) @element
