//! Where projectors stand.

use std::collections::BTreeMap;

use god33_domain::Position;

use super::statement::{Columns, Statement};

/// Moves their cursors.
pub(super) fn upsert(statement: &mut Statement, cursors: &BTreeMap<String, Position>) {
    if cursors.is_empty() {
        return;
    }
    statement.part("projected", |sql| {
        sql.push("insert into projectors (name, position) select n.* from ");
        Columns::of(sql)
            .column("text", cursors.keys().map(String::as_str).collect::<Vec<_>>())
            .column("bigint", cursors.values().map(|position| position.as_i64()).collect::<Vec<_>>())
            .then(" n cross join head on conflict (name) do update set position = excluded.position");
    });
}
