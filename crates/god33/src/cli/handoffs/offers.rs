//! `god33 handoffs offers`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::watch_offers_response::Message;
use god33_proto::v1::{Offer, OfferWithdrawn, WatchOffersRequest, WatchOffersResponse};
use tonic::Streaming;

use super::claimant::{ClaimantArgs, WantedArgs};
use super::show;
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::follow::{Watch, follow};
use crate::cli::{Failure, Target, print, table};

/// Follow the work that is held out to an agent, until you stop it. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Offers {
    #[command(flatten)]
    claimant: ClaimantArgs,

    #[command(flatten)]
    wanted: WantedArgs,

    /// At most this many are held out at once, 1 to 100.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    max_offers: u32,
}

impl Offers {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let claimant = Some(self.claimant.claimant_of(&self.wanted));
        follow(target, &mut Stream(WatchOffersRequest { claimant, max_offers: self.max_offers })).await
    }
}

struct Stream(WatchOffersRequest);

impl Watch for Stream {
    type Message = WatchOffersResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchOffersResponse>, Failure> {
        Ok(target.handoffs().await?.watch_offers(self.0.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchOffersResponse) -> Result<ControlFlow<()>, Failure> {
        match message.message {
            Some(Message::Offer(offer)) => print_offer(target, offer)?,
            Some(Message::Withdrawn(withdrawn)) => print_withdrawn(target, &withdrawn)?,
            Some(Message::Alive(_)) | None => {}
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn print_offer(target: &Target, offer: Offer) -> Result<(), Failure> {
    let handoff = offer.handoff.unwrap_or_default();
    if target.output == Output::Json {
        let told =
            Answer::default().with("handoff", &print::message_json(&handoff)).value("reserved_ms", offer.reserved_ms);
        return print::json(&Answer::default().with("offer", &told.text()).text());
    }
    print::text(&(show::line(&handoff) + "\n"))?;
    let id = print::shell_word(&handoff.handoff_id);
    print::hint(&format!("within {} s, take it: god33 handoffs accept {id}", offer.reserved_ms / 1_000))
}

fn print_withdrawn(target: &Target, withdrawn: &OfferWithdrawn) -> Result<(), Failure> {
    if target.output == Output::Json {
        let told = Answer::default()
            .value("handoff_id", withdrawn.handoff_id.as_str())
            .value("reason", withdrawn.reason.as_str());
        return print::json(&Answer::default().with("withdrawn", &told.text()).text());
    }
    let why = table::dim(&withdrawn.reason);
    print::text(&format!("{}  withdrawn  {why}\n", print::one_line(&withdrawn.handoff_id)))
}
