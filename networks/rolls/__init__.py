"""Lists of a network's members that an editor pastes or uploads.

`reading` turns text into lines, `names` finds whom a line names, `comparing` says what a list would change,
`writing` changes it. `names`, `comparing` and `writing` ask the database; nothing but `writing` changes it.
"""
