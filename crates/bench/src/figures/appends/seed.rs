//! The yardstick: the event table of the design document with the indexes that it names, and no server before it.

mod postgres;
mod row;
mod sqlite;

use anyhow::Result;

use crate::bench::Bench;
use crate::load::Client;
use crate::world::Place;

/// Rows of one statement or transaction of the batched yardstick.
const TOGETHER: usize = 500;

/// Connections of the batched yardstick.
const BATCHING: usize = 4;

/// The table, on the store that god33 is measured on.
pub(super) enum Seed {
    /// On PostgreSQL.
    Postgres(postgres::Table),
    /// In a file.
    Sqlite(sqlite::Table),
}

impl Seed {
    /// Makes an empty one.
    pub(super) async fn create(bench: &Bench, place: Place) -> Result<Self> {
        Ok(match place {
            Place::Postgres => Self::Postgres(postgres::Table::create().await?),
            Place::Sqlite => Self::Sqlite(sqlite::Table::create(bench.scratch()).await?),
        })
    }

    /// Clients that insert a row in a transaction of its own.
    pub(super) async fn one_by_one(&self, clients: usize) -> Result<Vec<Client>> {
        match self {
            Self::Postgres(table) => table.one_by_one(clients).await,
            Self::Sqlite(table) => Ok(table.one_by_one(clients)),
        }
    }

    /// Clients that insert many rows at once.
    pub(super) async fn batched(&self) -> Result<Vec<Client>> {
        match self {
            Self::Postgres(table) => table.batched().await,
            Self::Sqlite(table) => Ok(table.batched()),
        }
    }
}
