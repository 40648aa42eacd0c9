// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IWindowResults} from "src/interfaces/IWindowResults.sol";
import {OutputPlace, ProvenOutputs} from "src/libraries/ProvenOutputs.sol";

/// @notice What is settled.
/// @param registry Where results are recorded; must be a contract.
/// @param jobId The settlement job.
/// @param window The one window whose bit decides.
/// @param settled Where the bit stands; one bit wide.
/// @param token What is paid, zero for ether. Tokens that take a fee on transfer are refused at the deposit.
/// @param amount How much, in base units; at least 1.
/// @param payer Deposits, and gets the amount back if the window does not settle in time.
/// @param beneficiary Gets the amount if it does; must be able to receive it.
/// @param deadline Last second at which a result may be recorded to count.
struct SettlementTerms {
    IWindowResults registry;
    bytes32 jobId;
    uint64 window;
    OutputPlace settled;
    IERC20 token;
    uint256 amount;
    address payer;
    address beneficiary;
    uint64 deadline;
}

/// @title Example consumer: pays when every leg of a settlement is funded
/// @notice The settlement job shows, without a balance being seen, that every leg is covered by its custodian's account
/// and the total is reached. If a proven result recorded by the deadline says so, the amount goes to the beneficiary,
/// otherwise back to the payer after the deadline. Which of the two does not depend on who calls first.
/// @dev One contract per settlement; nothing of it can be changed.
contract SettlementEscrow {
    using SafeERC20 for IERC20;

    /// @notice Where the amount is.
    enum Stage {
        Awaited,
        Held,
        Released,
        Refunded
    }

    /// @notice A constructor value that can never work.
    error SettingInvalid();
    /// @notice The escrow is at another stage than the call needs.
    error StageInvalid(Stage given, Stage expected);
    /// @notice Only the payer deposits.
    error PayerInvalid(address given, address expected);
    /// @notice Not the amount that was agreed, or ether with a token.
    error AmountInvalid(uint256 given, uint256 expected);
    /// @notice Too late for a deposit, or too early for a refund.
    error DeadlineInvalid(uint256 time, uint256 deadline);
    /// @notice No proven result, recorded by the deadline, says that the window settled.
    error NotSettled(uint64 window);
    /// @notice The window settled in time: the amount is the beneficiary's.
    error Settled(uint64 window);

    /// @notice The payer has deposited.
    event Deposited(address indexed payer, uint256 amount);
    /// @notice The amount went to the beneficiary.
    event Released(address indexed beneficiary, uint256 amount);
    /// @notice The amount went back to the payer.
    event Refunded(address indexed payer, uint256 amount);

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint64 private immutable _window;
    uint8 private immutable _word;
    uint8 private immutable _offset;
    IERC20 private immutable _token;
    uint256 private immutable _amount;
    address private immutable _payer;
    address private immutable _beneficiary;
    uint64 private immutable _deadline;
    Stage private _stage;

    /// @notice Reverts with SettingInvalid, ProvenOutputs.RegistryWithoutCode or ProvenOutputs.OutputPlaceInvalid.
    /// @param terms What is settled.
    constructor(SettlementTerms memory terms) {
        ProvenOutputs.requireRegistry(terms.registry);
        ProvenOutputs.requireValid(terms.settled);
        require(
            terms.settled.bits == 1 && terms.amount > 0 && terms.payer != address(0)
                && terms.beneficiary != address(0) && terms.deadline >= block.timestamp,
            SettingInvalid()
        );
        _registry = terms.registry;
        _jobId = terms.jobId;
        _window = terms.window;
        (_word, _offset) = (terms.settled.word, terms.settled.offset);
        _token = terms.token;
        _amount = terms.amount;
        _payer = terms.payer;
        _beneficiary = terms.beneficiary;
        _deadline = terms.deadline;
    }

    /// @notice Takes the amount: ether with the call, or a token that the payer has approved. Payer only, by the
    /// deadline. Emits Deposited. Reverts with StageInvalid, PayerInvalid, DeadlineInvalid, AmountInvalid or an error
    /// of the token.
    function deposit() external payable {
        _move(Stage.Awaited, Stage.Held);
        require(msg.sender == _payer, PayerInvalid(msg.sender, _payer));
        require(block.timestamp <= _deadline, DeadlineInvalid(block.timestamp, _deadline));
        uint256 expected = address(_token) == address(0) ? _amount : 0;
        require(msg.value == expected, AmountInvalid(msg.value, expected));
        emit Deposited(_payer, _amount);
        if (expected == 0) {
            uint256 before = _token.balanceOf(address(this));
            _token.safeTransferFrom(_payer, address(this), _amount);
            uint256 received = _token.balanceOf(address(this)) - before;
            require(received == _amount, AmountInvalid(received, _amount));
        }
    }

    /// @notice Pays the beneficiary. Anybody may call, at any time after the result. Emits Released. Reverts with
    /// StageInvalid, NotSettled, or if the payment fails.
    function release() external {
        _move(Stage.Held, Stage.Released);
        require(_settledInTime(), NotSettled(_window));
        emit Released(_beneficiary, _amount);
        _pay(_beneficiary);
    }

    /// @notice Pays the payer back. Anybody may call, after the deadline. Emits Refunded. Reverts with StageInvalid,
    /// DeadlineInvalid, Settled, or if the payment fails.
    function refund() external {
        _move(Stage.Held, Stage.Refunded);
        require(block.timestamp > _deadline, DeadlineInvalid(block.timestamp, _deadline));
        require(!_settledInTime(), Settled(_window));
        emit Refunded(_payer, _amount);
        _pay(_payer);
    }

    /// @notice Where the amount is.
    function stage() external view returns (Stage) {
        return _stage;
    }

    /// @dev The same for ever once the deadline has passed: a proven result does not change, and what is proven later
    /// does not count.
    function _settledInTime() private view returns (bool) {
        (bool proven, uint256 value, uint256 postedAt) =
            ProvenOutputs.read(_registry, _jobId, _window, OutputPlace(_word, _offset, 1));
        return proven && value == 1 && postedAt <= _deadline;
    }

    function _move(Stage from, Stage to) private {
        Stage current = _stage;
        require(current == from, StageInvalid(current, from));
        _stage = to;
    }

    function _pay(address to) private {
        if (address(_token) == address(0)) {
            Address.sendValue(payable(to), _amount);
        } else {
            _token.safeTransfer(to, _amount);
        }
    }
}
