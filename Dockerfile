# The server of `god33 serve`. compose.yaml runs it beside PostgreSQL and RabbitMQ.
FROM rust:1.95-bookworm AS build
WORKDIR /source
COPY Cargo.toml Cargo.lock ./
COPY crates crates
COPY proto proto
COPY migrations migrations
# Not built, but cargo wants every member of the workspace to be there.
COPY xtask xtask
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package god33 \
    && install -D target/release/god33 /built/god33

FROM debian:bookworm-slim
RUN useradd --system --uid 10033 --user-group --no-create-home --shell /usr/sbin/nologin god33
COPY --from=build /built/god33 /usr/local/bin/god33
USER god33
# Inside a container loopback is the container's own, so the server listens on every address. It does so only where somebody has
# said that strangers are kept away: GOD33_SERVER__ALLOW_ANONYMOUS=true beside a port that is published with care.
ENV GOD33_SERVER__ADDRESS=0.0.0.0:50051
EXPOSE 50051
# Asks the server's own health service over gRPC.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["god33", "health"]
CMD ["god33", "serve"]
